from django.urls import include, path

from .views import areas, book_sheets, books, criteria, denominators, honour_roll, rounds, targets, villages

app_name = "recognition"

urlpatterns = [
    path("", include("recognition.council_urls")),
    path("mo-hinh-hoc-tap/", criteria.criteria_list, name="criteria"),
    path("mo-hinh-hoc-tap/<slug:slug>/", criteria.criteria_set, name="criteria_set"),
    path("vinh-danh/", honour_roll.honour_roll, name="honour_roll"),
    path("vinh-danh/bang/", honour_roll.honour_roll_sheet, name="honour_roll_sheet"),
    path("can-bo/dia-ban/", areas.all_areas, name="all_areas"),
    path("can-bo/dia-ban/<int:commune_pk>/", areas.commune_areas, name="areas"),
    path("can-bo/dia-ban/<int:commune_pk>/<int:pk>/thu-lai/", areas.take_back, name="area_take_back"),
    path("can-bo/mau-so/", denominators.all_denominators, name="all_denominators"),
    path("can-bo/mau-so/<int:commune_pk>/", denominators.denominators, name="denominators"),
    path("can-bo/mau-so/<int:commune_pk>/chot/", denominators.check, name="denominators_check"),
    path("can-bo/mau-so/<int:commune_pk>/bang/", denominators.denominator_sheet, name="denominator_sheet"),
    path("can-bo/chi-tieu/", targets.targets, name="targets"),
    path("can-bo/chi-tieu/<int:pk>/", targets.target, name="target"),
    path("can-bo/so/", books.all_books, name="all_books"),
    path("can-bo/so/<int:commune_pk>/", books.books, name="books"),
    path("can-bo/so/<int:commune_pk>/them/", books.add, name="book_add"),
    path("can-bo/so/<int:commune_pk>/xom/", villages.villages, name="villages"),
    path("can-bo/so/<int:commune_pk>/trung/", books.doubles, name="book_doubles"),
    path("can-bo/so/<int:commune_pk>/bang/", book_sheets.sheet, name="book_sheet"),
    path("can-bo/so/<int:commune_pk>/nhap/", book_sheets.hand_in, name="book_hand_in"),
    path("can-bo/so/nhap/<int:pk>/", book_sheets.upload, name="book_upload"),
    path("can-bo/so/muc/<int:pk>/", books.subject, name="book_subject"),
    path("can-bo/so/muc/<int:pk>/trang-thai/", books.change_state, name="book_state"),
    path("can-bo/dot-xet/", rounds.all_rounds, name="rounds"),
    path("can-bo/dot-xet/moi/<slug:slug>/", rounds.new_round, name="round_new"),
    path("can-bo/dot-xet/<int:pk>/", rounds.round_page, name="round"),
    path("can-bo/dot-xet/<int:pk>/sua/", rounds.edit_round, name="round_edit"),
    path("can-bo/dot-xet/<int:pk>/mo/", rounds.open_round, name="round_open"),
    path("can-bo/dot-xet/<int:pk>/dong/", rounds.close_round, name="round_close"),
    path("can-bo/dot-xet/<int:pk>/gia-han/", rounds.postpone_round, name="round_postpone"),
]
