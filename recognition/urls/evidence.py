"""Addresses of the evidence."""

from django.urls import path

from ..views import evidence, household_evidence, shared_evidence

OF_PIECE = "can-bo/minh-chung/<int:pk>/"
OF_COMMUNE = "can-bo/dot-xet/<int:pk>/minh-chung/<int:commune_pk>/"
OF_HOUSEHOLD = "tu-cham/<str:token>/minh-chung/"

urlpatterns = [
    path("can-bo/ho-so/<int:pk>/minh-chung/", evidence.add, name="evidence_add"),
    path(OF_PIECE, evidence.piece, name="evidence"),
    path(f"{OF_PIECE}tep/", evidence.file, name="evidence_file"),
    path(f"{OF_PIECE}bo/", evidence.take_off, name="evidence_take_off"),
    path(f"{OF_PIECE}ho/", shared_evidence.cover, name="evidence_cover"),
    path(OF_COMMUNE, shared_evidence.of_round, name="round_evidence"),
    path(f"{OF_COMMUNE}bang/", shared_evidence.sheet, name="round_evidence_sheet"),
    path(f"{OF_COMMUNE}them/", shared_evidence.add, name="round_evidence_add"),
    path(OF_HOUSEHOLD, household_evidence.add, name="household_evidence"),
    path(f"{OF_HOUSEHOLD}<int:pk>/tep/", household_evidence.file, name="household_evidence_file"),
    path(f"{OF_HOUSEHOLD}<int:pk>/bo/", household_evidence.take_off, name="household_evidence_take_off"),
]
