"""The content a new portal starts with. Create-only: what an officer has corrected stays corrected."""

import csv
from pathlib import Path

from django.db import transaction

from portal.search.models import Pick
from portal.web.imports import read_table

from ..models import SourceRecord, Subject
from .document_import import import_documents
from .importing import import_resources

DATA = Path(__file__).resolve().parents[1] / "data"


@transaction.atomic
def load() -> None:
    """Subjects, resources, official documents and chosen results from `library/data/`."""
    load_subjects()
    made = import_resources(read_table(DATA / "resources.csv"), only_new=True).created
    import_documents(read_table(DATA / "documents.csv"), only_new=True)
    if made and not Pick.objects.exists():
        load_picks()


def load_subjects() -> None:
    """`data/subjects.csv`: slug, name, slug of the broader subject (which stands in an earlier row)."""
    with (DATA / "subjects.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parent = Subject.objects.get(slug=row["parent"]) if row["parent"] else None
            Subject.objects.get_or_create(slug=row["slug"], defaults={"name": row["name"], "parent": parent})


def load_picks() -> None:
    """`data/picks.csv`: words of a search, and the keys of the resources to show first. The examples beside the search box
    find what the library has on them, though no title says it in those words."""
    records = SourceRecord.objects.filter(source="").select_related("resource")
    with (DATA / "picks.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            wanted = row["keys"].split(";")
            address = {each.key: each.resource.get_absolute_url() for each in records.filter(key__in=wanted)}
            addresses = "\n".join(address[key] for key in wanted if key in address)
            Pick.objects.create(query=row["query"], addresses=addresses)
