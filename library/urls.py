from django.urls import path
from django.views.generic import RedirectView

from .views import documents, resources

app_name = "library"

urlpatterns = [
    path("thu-vien/", resources.resource_list, name="list"),
    path("r/<int:pk>", resources.resource_page, name="resource"),
    path("r/<int:pk>/", RedirectView.as_view(pattern_name="library:resource", permanent=True)),
    path("van-ban/", documents.document_list, name="documents"),
    path("van-ban/<int:pk>/", documents.document_page, name="document"),
]
