"""What the tests of the editor type."""

from django.urls import reverse

from recognition.domain.published_rules import stored_content
from recognition.models import CriteriaSet

FACTS = {
    "title": "Gia đình học tập (mẫu)",
    "subject_kind": "family",
    "scope_levels": ["village"],
    "document": "Quyết định mẫu số 1",
    "issuer": "Hội mẫu",
    "issue_date": "01/02/2026",
    "source_url": "",
    "valid_from": "01/03/2026",
    "valid_to": "",
    "scoring_model": "points",
    "total_points": "100",
    "validity_months": "12",
    "gaps": "",
}


def url(name, *args):
    return reverse(f"recognition_criteria:{name}", args=args)


def rows(*lines, initial=0, **conditions):
    data = {"rows-TOTAL_FORMS": len(lines), "rows-INITIAL_FORMS": initial, **conditions}
    for number, line in enumerate(lines):
        data |= {f"rows-{number}-{name}": value for name, value in line.items()}
    return data


def criterion(group, code="1.1", **changes):
    return {"group": group.pk, "code": code, "text": f"Tiêu chí {code}", **changes}


def stored(draft):
    return stored_content(CriteriaSet.objects.get(pk=draft.pk))
