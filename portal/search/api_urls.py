from django.urls import path

from . import api

urlpatterns = [
    path("search/", api.SearchView.as_view(), name="api_search"),
    path("search/suggest/", api.SuggestView.as_view(), name="api_search_suggest"),
]
