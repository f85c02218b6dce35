"""The form of a resource in the admin, filled in as a browser sends it."""

from tests.factories.library import SubjectFactory

FORMSETS = ("renditions", "contributions", "identifiers")
NOTHING_BELOW = {
    f"{name}-{count}_FORMS": number
    for name in FORMSETS
    for count, number in (("TOTAL", "0"), ("INITIAL", "0"), ("MIN_NUM", "0"), ("MAX_NUM", "1000"))
}
ONE_LINK = {
    "renditions-TOTAL_FORMS": "1",
    "renditions-0-form": "link",
    "renditions-0-url": "https://vi-du.example/ong",
    "renditions-0-ORDER": "1",
}


def form(**changes):
    return (
        NOTHING_BELOW
        | ONE_LINK
        | {
            "title": "Kỹ thuật nuôi ong mẫu",
            "abstract": "",
            "subjects": [str(SubjectFactory().pk)],
            "tags": "ong, mật",
            "kind": "guide",
            "level": "nguoi-lon",
            "audience": "citizen",
            "language": "vie",
            "publisher": "",
            "year": "",
            "source_url": "",
            "licence": "unknown",
            "visibility": "public",
        }
        | changes
    )
