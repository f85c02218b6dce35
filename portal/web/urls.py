from django.urls import path

from . import views

urlpatterns = [
    path("song/", views.live, name="live"),
    path("san-sang/", views.ready, name="ready"),
]
