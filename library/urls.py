from django.urls import path, re_path
from django.views.generic import RedirectView

from .views import documents, my_list, resources

app_name = "library"

urlpatterns = [
    path("thu-vien/", resources.resource_list, name="list"),
    path("r/<int:pk>", resources.resource_page, name="resource"),
    path("r/<int:pk>/", RedirectView.as_view(pattern_name="library:resource", permanent=True)),
    path("thu-vien/cua-toi/", my_list.my_list, name="my_list"),
    path("thu-vien/cua-toi/<int:pk>/", my_list.keep, name="keep"),
    path("thu-vien/cua-toi/gop/", my_list.merge, name="my_list_merge"),
    path("thu-vien/cua-toi/xoa/", my_list.forget_all, name="my_list_forget"),
    re_path(r"^thu-vien/cua-toi/so-hoc-tap\.(?P<form>json|csv)$", my_list.export, name="my_list_export"),
    path("van-ban/", documents.document_list, name="documents"),
    path("van-ban/<int:pk>/", documents.document_page, name="document"),
]
