"""Material on its way to the library: as a draft, and handed in."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from library.domain import proposing
from library.models import Proposal
from tests.factories.files import text_pdf

START = "/can-bo/gui-hoc-lieu/"
TITLED = '#set document(title: "Kế hoạch khuyến học")\n'


def sent_file(content: bytes, name: str = "tep.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def address(proposal: Proposal) -> str:
    return reverse("library:proposal", args=[proposal.pk])


def confirmed(**changes) -> dict:
    return {
        "title": "Kế hoạch khuyến học",
        "creators": "",
        "kind": "guide",
        "language": "vie",
        "page_count": "2",
        "licence": "unknown",
        "note": "",
    } | changes


def draft(user, **rest) -> Proposal:
    return proposing.begin(user, file=sent_file(text_pdf(2, setup=TITLED)), **rest)


def handed_in(user, **values) -> Proposal:
    proposal = draft(user)
    proposing.hand_in(
        proposal,
        {"title": "Kế hoạch", "kind": "guide", "language": "vie", "licence": "unknown"} | values,
    )
    proposal.refresh_from_db()
    return proposal
