"""The figures: public pages, denominators and targets, what a round lacks."""

from django.urls import path

from ..views import denominators, gap, letters, numbers, targets

urlpatterns = [
    path("so-lieu/", numbers.numbers, name="numbers"),
    path("so-lieu/bang/", numbers.numbers_sheet, name="numbers_sheet"),
    path("can-bo/mau-so/", denominators.all_denominators, name="all_denominators"),
    path("can-bo/mau-so/<int:commune_pk>/", denominators.denominators, name="denominators"),
    path("can-bo/mau-so/<int:commune_pk>/chot/", denominators.check, name="denominators_check"),
    path("can-bo/mau-so/<int:commune_pk>/bang/", denominators.denominator_sheet, name="denominator_sheet"),
    path("can-bo/chi-tieu/", targets.targets, name="targets"),
    path("can-bo/chi-tieu/<int:pk>/", targets.target, name="target"),
    path("can-bo/dot-xet/<int:pk>/con-thieu/", gap.gaps, name="gaps"),
    path("can-bo/dot-xet/<int:pk>/con-thieu/<int:commune_pk>/", gap.commune_gap, name="gap"),
    path("can-bo/dot-xet/<int:pk>/con-thieu/<int:commune_pk>/bang/", gap.gap_sheet, name="gap_sheet"),
    path("can-bo/dot-xet/<int:pk>/con-thieu/<int:commune_pk>/thu/", letters.why_not_all, name="why_not_all"),
    path("can-bo/ho-so/<int:pk>/vi-sao/", letters.why_not, name="why_not"),
]
