"""All addresses of the room, under one namespace; each file the addresses of one kind of work."""

from django.urls import include, path

app_name = "recognition"

urlpatterns = [
    path("", include("recognition.urls.public")),
    path("", include("recognition.urls.books")),
    path("", include("recognition.urls.rounds")),
    path("", include("recognition.urls.evidence")),
    path("", include("recognition.urls.council")),
    path("", include("recognition.urls.numbers")),
]
