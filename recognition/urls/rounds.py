"""Addresses of the rounds, of what is assessed in them, and of the grid of a village."""

from django.urls import path

from ..views import assessments, grid, household, registering, round_list, rounds, work

OF_ROUND = "can-bo/dot-xet/<int:pk>/"
OF_ASSESSMENT = "can-bo/ho-so/<int:pk>/"

urlpatterns = [
    path("can-bo/dot-xet/", rounds.all_rounds, name="rounds"),
    path("can-bo/dot-xet/moi/<slug:slug>/", rounds.new_round, name="round_new"),
    path(OF_ROUND, rounds.round_page, name="round"),
    path(f"{OF_ROUND}sua/", rounds.edit_round, name="round_edit"),
    path(f"{OF_ROUND}bo/", rounds.discard_round, name="round_discard"),
    path(f"{OF_ROUND}mo/", rounds.open_round, name="round_open"),
    path(f"{OF_ROUND}dong/", rounds.close_round, name="round_close"),
    path(f"{OF_ROUND}gia-han/", rounds.postpone_round, name="round_postpone"),
    path(f"{OF_ROUND}danh-sach/", round_list.round_list, name="round_list"),
    path(f"{OF_ROUND}danh-sach/bang/", round_list.sheet, name="round_list_sheet"),
    path(f"{OF_ROUND}danh-sach/viec/", round_list.take_step, name="round_list_step"),
    path(f"{OF_ROUND}phieu/<int:village_pk>/", registering.forms_of_village, name="registration_forms"),
    path(f"{OF_ROUND}lap-danh-sach/<int:village_pk>/", registering.enlist, name="enlist"),
    path(OF_ASSESSMENT, assessments.assessment, name="assessment"),
    path(f"{OF_ASSESSMENT}tinh/", assessments.figures, name="assessment_figures"),
    path(f"{OF_ASSESSMENT}phieu/", registering.one_form, name="registration_form"),
    path("can-bo/viec/", work.work, name="work"),
    path("tu-cham/<str:token>/", household.own_sheet, name="household"),
    path("tu-cham/<str:token>/tinh/", household.figures, name="household_figures"),
    path("can-bo/dot-xet/<int:pk>/luoi/<int:village_pk>/", grid.grid, name="grid"),
    path("can-bo/dot-xet/<int:pk>/luoi/<int:village_pk>/o/", grid.grid_cells, name="grid_cells"),
    path("can-bo/luoi-ngoai-tuyen.js", grid.grid_worker, name="grid_worker"),
]
