from django.urls import path

from . import views

urlpatterns = [
    path("", views.RootView.as_view(), name="api_root"),
    path("resources/", views.ResourceListView.as_view(), name="api_resources"),
    path("resources/<int:pk>/", views.ResourceView.as_view(), name="api_resource"),
    path("subjects/", views.SubjectListView.as_view(), name="api_subjects"),
    path("subjects/<slug:slug>/", views.SubjectView.as_view(), name="api_subject"),
    path("documents/", views.DocumentListView.as_view(), name="api_documents"),
    path("documents/<int:pk>/", views.DocumentView.as_view(), name="api_document"),
]
