from django.urls import path, re_path
from django.views.generic import RedirectView

from .views import (
    api_guide,
    citations,
    documents,
    dossier,
    enquiries,
    files,
    marc,
    my_list,
    open_data,
    proposing,
    reader,
    resources,
    training,
)

app_name = "library"

urlpatterns = [
    path("thu-vien/", resources.resource_list, name="list"),
    path("thu-vien/hoi/", enquiries.ask, name="ask"),
    path("r/<int:pk>", resources.resource_page, name="resource"),
    path("r/<int:pk>/", RedirectView.as_view(pattern_name="library:resource", permanent=True)),
    path("r/<int:pk>/doc/<int:rendition_pk>/", reader.read, name="read"),
    path("r/<int:pk>/doc/<int:rendition_pk>/anh-<int:number>.webp", reader.picture, name="picture"),
    path("r/<int:pk>/doc/<int:rendition_pk>/cho-dung/", my_list.played_to, name="played_to"),
    path("r/<int:pk>/tep/<int:rendition_pk>", files.rendition_file, name="file"),
    path("r/<int:pk>/tep/<int:rendition_pk>/phu-de.vtt", files.captions_file, name="captions"),
    path(
        "r/<int:pk>/tep/<int:rendition_pk>/trang/<int:page>-<int:width>.webp",
        reader.page_image,
        name="page_image",
    ),
    re_path(r"^r/(?P<pk>[0-9]+)/marc\.(?P<ending>mrc|xml)$", marc.resource_marc, name="marc"),
    re_path(
        r"^r/(?P<pk>[0-9]+)/trich-dan\.(?P<ending>bib|ris|json)$",
        citations.resource_citation,
        name="citation",
    ),
    path("thu-vien/cua-toi/", my_list.my_list, name="my_list"),
    path("thu-vien/cua-toi/<int:pk>/", my_list.keep, name="keep"),
    path("thu-vien/cua-toi/gop/", my_list.merge, name="my_list_merge"),
    path("thu-vien/cua-toi/xoa/", my_list.forget_all, name="my_list_forget"),
    path("thu-vien/tap-huan/", training.my_training, name="training"),
    path("thu-vien/tap-huan/xa/<int:pk>/", training.commune_training, name="training_of_a_commune"),
    path("thu-vien/tap-huan/<int:pk>/buoc/<uuid:step>/", training.step, name="training_step"),
    path("thu-vien/tap-huan/<int:pk>/tra-loi/", training.answers, name="training_answers"),
    path("thu-vien/chung-nhan/<slug:code>", training.certificate_check, name="certificate_check"),
    path("thu-vien/chung-nhan/<slug:code>.pdf", training.certificate, name="certificate"),
    re_path(r"^thu-vien/cua-toi/so-hoc-tap\.(?P<form>json|csv)$", my_list.export, name="my_list_export"),
    path("can-bo/gui-hoc-lieu/", proposing.propose, name="propose"),
    path("can-bo/gui-hoc-lieu/<int:pk>/", proposing.proposal, name="proposal"),
    path("du-lieu-mo/", open_data.open_data, name="open_data"),
    path("du-lieu-mo/giao-dien/", api_guide.api_guide, name="api_guide"),
    re_path(
        r"^du-lieu-mo/catalog\.(?P<ending>jsonld|rdf)$",
        open_data.open_data_catalogue,
        name="open_data_catalogue",
    ),
    re_path(
        r"^du-lieu-mo/(?P<dataset>[a-z-]+)\.(?P<form>csv|json)$",
        open_data.open_data_file,
        name="open_data_file",
    ),
    path("ket-noi/", dossier.connect, name="connect"),
    path("ket-noi/ho-so.pdf", dossier.connect_paper, name="connect_paper"),
    path("ket-noi/tu-kiem-tra/", dossier.self_test, name="self_test"),
    path("van-ban/", documents.document_list, name="documents"),
    path("van-ban/<int:pk>/", documents.document_page, name="document"),
]
