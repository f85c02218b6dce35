"""The certificate of a completed training as a PDF, A4 across, typeset by typst from `data/certificate.typ`."""

import datetime

import typst

from django.conf import settings

from portal.text import format_date
from portal.web.qr import qr_svg

from ..models import Completion

DATA = settings.BASE_DIR / "library/data"
MIDDAY = datetime.time(12, tzinfo=datetime.UTC)


def certificate_pdf(completion: Completion, address: str) -> bytes:
    """`address`: the full address at which anybody checks the certificate, at its foot as letters and as a QR code. The same
    completion always gives the same file. Texts reach the template as values, never as markup."""
    return typst.compile(
        str(DATA / "certificate.typ"),
        root=str(settings.BASE_DIR),
        font_paths=[str(DATA / "fonts")],
        ignore_system_fonts=True,
        pdf_standards=["a-2b"],
        timestamp=datetime.datetime.combine(completion.completed_on, MIDDAY),
        sys_inputs={
            "number": completion.number,
            "name": completion.person_name,
            "commune": completion.commune_name,
            "title": completion.path_title,
            "association": completion.association_name,
            "day": format_date(completion.completed_on),
            "address": address,
            "qr": qr_svg(address),
        },
    )
