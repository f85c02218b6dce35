from django.urls import path

from .views.search import search

urlpatterns = [path("tim-kiem/", search, name="search")]
