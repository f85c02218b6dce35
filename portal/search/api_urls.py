from django.urls import path

from . import api

urlpatterns = [
    path("search/", api.search_view, name="api_search"),
    path("search/suggest/", api.suggest_view, name="api_search_suggest"),
]
