"""From the village meeting to the decision; part of the addresses of the room."""

from django.urls import path

from ..views.council import appeals, decisions, meetings, notices, overview, public_notice, sessions

urlpatterns = [
    path("can-bo/dot-xet/<int:round_pk>/xa/<int:commune_pk>/", overview.overview, name="round_commune"),
    path("can-bo/dot-xet/<int:round_pk>/hop/<int:place_pk>/", meetings.write, name="meeting_write"),
    path("can-bo/hop-xom/<int:pk>/", meetings.meeting, name="meeting"),
    path("can-bo/hop-xom/<int:pk>/sua/", meetings.correct, name="meeting_correct"),
    path(
        "can-bo/dot-xet/<int:round_pk>/xa/<int:commune_pk>/hoi-dong/",
        sessions.prepare,
        name="council_prepare",
    ),
    path("can-bo/hoi-dong/<int:pk>/", sessions.council, name="council"),
    path("can-bo/hoi-dong/<int:pk>/phieu/<int:place_pk>/", sessions.votes, name="council_votes"),
    path("can-bo/hoi-dong/<int:pk>/viec/", sessions.act, name="council_act"),
    path(
        "can-bo/dot-xet/<int:round_pk>/xa/<int:commune_pk>/cong-khai/",
        notices.hang_out,
        name="notice_hang_out",
    ),
    path("can-bo/cong-khai/<int:pk>/", notices.notice, name="notice"),
    path("can-bo/cong-khai/<int:pk>/keo-dai/", notices.prolong, name="notice_prolong"),
    path("can-bo/cong-khai/<int:pk>/y-kien/<int:feedback_pk>/", notices.answer, name="notice_answer"),
    path("can-bo/cong-khai/<int:pk>/ap-phich/", notices.poster, name="notice_poster"),
    path("can-bo/cong-khai/<int:pk>/loa/", notices.loudspeaker, name="notice_loudspeaker"),
    path(
        "can-bo/dot-xet/<int:round_pk>/xa/<int:commune_pk>/quyet-dinh/",
        decisions.draft,
        name="decision_draft",
    ),
    path("can-bo/quyet-dinh/<int:pk>/", decisions.decision, name="decision"),
    path("can-bo/quyet-dinh/<int:pk>/viec/", decisions.act, name="decision_act"),
    path("can-bo/quyet-dinh/<int:pk>/thu-hoi/", decisions.revoke, name="decision_revoke"),
    path("can-bo/quyet-dinh/<int:pk>/tep/<slug:form>/", decisions.document, name="decision_document"),
    path("can-bo/ho-so/<int:pk>/kien-nghi/", appeals.file, name="appeal_file"),
    path("can-bo/kien-nghi/<int:pk>/", appeals.appeal, name="appeal"),
    path("can-bo/kien-nghi/<int:pk>/sua-doi/", appeals.amend, name="appeal_amend"),
    path("cong-khai/<int:pk>/", public_notice.public_notice, name="public_notice"),
]
