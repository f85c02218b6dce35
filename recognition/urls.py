from django.urls import include, path

from .views import (
    areas,
    awards,
    book_sheets,
    books,
    consents,
    criteria,
    grid,
    honour_roll,
    villages,
)

app_name = "recognition"

urlpatterns = [
    path("", include("recognition.council_urls")),
    path("", include("recognition.evidence_urls")),
    path("", include("recognition.numbers_urls")),
    path("", include("recognition.rounds_urls")),
    path("mo-hinh-hoc-tap/", criteria.criteria_list, name="criteria"),
    path("mo-hinh-hoc-tap/<slug:slug>/", criteria.criteria_set, name="criteria_set"),
    path("vinh-danh/", honour_roll.honour_roll, name="honour_roll"),
    path("vinh-danh/bang/", honour_roll.honour_roll_sheet, name="honour_roll_sheet"),
    path("giay/", awards.ask, name="award_ask"),
    path("giay/<str:serial>/", awards.award, name="award"),
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
    path("can-bo/dot-xet/<int:pk>/luoi/<int:village_pk>/", grid.grid, name="grid"),
    path("can-bo/dot-xet/<int:pk>/luoi/<int:village_pk>/o/", grid.grid_cells, name="grid_cells"),
    path("can-bo/luoi-ngoai-tuyen.js", grid.grid_worker, name="grid_worker"),
]
