"""The content a new portal starts with. Create-only: what an officer has corrected stays corrected."""

import csv
from pathlib import Path

from django.db import transaction

from portal.web.imports import read_table

from ..models import Subject
from .document_import import import_documents
from .importing import import_resources

DATA = Path(__file__).resolve().parents[1] / "data"


@transaction.atomic
def load() -> None:
    """Subjects, resources and official documents from `library/data/`."""
    load_subjects()
    import_resources(read_table(DATA / "resources.csv"), only_new=True)
    import_documents(read_table(DATA / "documents.csv"), only_new=True)


def load_subjects() -> None:
    """`data/subjects.csv`: slug, name, slug of the broader subject (which stands in an earlier row)."""
    with (DATA / "subjects.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parent = Subject.objects.get(slug=row["parent"]) if row["parent"] else None
            Subject.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"], "parent": parent})
