"""The books of a commune, and the areas of its villages."""

from django.urls import path

from ..views import areas, book_sheets, books, consents, villages

urlpatterns = [
    path("can-bo/dia-ban/", areas.all_areas, name="all_areas"),
    path("can-bo/dia-ban/<int:commune_pk>/", areas.commune_areas, name="areas"),
    path("can-bo/dia-ban/<int:commune_pk>/<int:pk>/thu-lai/", areas.take_back, name="area_take_back"),
    path("can-bo/so/", books.all_books, name="all_books"),
    path("can-bo/so/<int:commune_pk>/", books.books, name="books"),
    path("can-bo/so/<int:commune_pk>/them/", books.add, name="book_add"),
    path("can-bo/so/<int:commune_pk>/xom/", villages.villages, name="villages"),
    path("can-bo/so/<int:commune_pk>/trung/", books.doubles, name="book_doubles"),
    path("can-bo/so/<int:commune_pk>/bang/", book_sheets.sheet, name="book_sheet"),
    path("can-bo/so/<int:commune_pk>/nhap/", book_sheets.hand_in, name="book_hand_in"),
    path("can-bo/so/nhap/<int:pk>/", book_sheets.upload, name="book_upload"),
    path("can-bo/so/muc/<int:pk>/", books.subject, name="book_subject"),
    path("can-bo/so/muc/<int:pk>/dong-y/", consents.consents, name="book_consents"),
    path("can-bo/so/muc/<int:pk>/trang-thai/", books.change_state, name="book_state"),
]
