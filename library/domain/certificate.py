"""The certificate of a completed training as a PDF, A4 across, typeset from `data/certificate.typ`."""

from django.conf import settings

from portal.text import format_date
from portal.web.qr import qr_svg
from portal.web.typesetting import typeset

from ..models import Completion

TEMPLATE = settings.BASE_DIR / "library/data/certificate.typ"


def certificate_pdf(completion: Completion, address: str) -> bytes:
    """`address`: the full address at which anybody checks the certificate, at its foot as letters and as a QR code. The same
    completion always gives the same file."""
    values = {
        "number": completion.number,
        "name": completion.person_name,
        "commune": completion.commune_name,
        "title": completion.path_title,
        "association": completion.association_name,
        "day": format_date(completion.completed_on),
        "address": address,
        "qr": qr_svg(address),
    }
    return typeset(TEMPLATE, values, day=completion.completed_on, standards=["a-2b"])
