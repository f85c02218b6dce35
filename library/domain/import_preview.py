"""What a librarian sees of an import before anything is written: every change and every mistake, a line each."""

from collections.abc import Callable, Iterable

from django.db import transaction

from portal.web.imports import Counts, RowError

from ..enums import LineOutcome
from ..models import ImportBatch, ImportLine, Subject
from .importing import Material
from .ingest import Change, plan
from .wording import label_of, label_of_column, words_for

BATCH = 500  # lines written in one statement
Progress = Callable[[int, int], None]


@transaction.atomic
def note_findings(batch: ImportBatch, material: Material, progress: Progress | None = None) -> Counts:
    """Write the lines of `batch` anew; returns what loading would do. What is unchanged has no line, and of a file that is
    refused there are only the mistakes."""
    counts = Counts(failed=material.failed)
    batch.columns = [[heading, label_of_column(name)] for heading, name in material.columns]
    subjects = dict(Subject.objects.values_list("slug", "name"))
    note_mistakes(batch, material.errors)
    if material.is_refused:
        return counts
    for changes in plan(material.records, source=batch.source):
        lines = []
        for change in changes:
            if change.record is None:
                counts.created += 1
            elif change.writes:
                counts.updated += 1
            else:
                counts.unchanged += 1
            if change.writes or change.kept:
                lines.append(_line(batch, change, subjects))
        ImportLine.objects.bulk_create(lines, BATCH)
        if progress:
            progress(counts.created + counts.updated + counts.unchanged, len(material.records))
    return counts


@transaction.atomic
def note_mistakes(batch: ImportBatch, errors: Iterable[RowError]) -> None:
    """The lines of a file of which nothing is loaded, or the first ones of another."""
    batch.lines.all().delete()
    longest = ImportLine._meta.get_field("column").max_length
    ImportLine.objects.bulk_create(
        (
            ImportLine(
                batch=batch,
                outcome=LineOutcome.REFUSED,
                number=error.row,
                column=error.column[:longest],
                reason=str(error.reason),
            )
            for error in errors
        ),
        BATCH,
    )


def _line(batch: ImportBatch, change: Change, subjects: dict[str, str]) -> ImportLine:
    def words(name: str, value) -> str:
        return words_for(name, value, subjects)

    said, before, new = change.incoming.values, change.before or {}, change.record is None
    if new:
        details = {
            "says": [[label_of(name), words(name, value)] for name, value in said.items() if name != "title"]
        }
        details["says"] = [each for each in details["says"] if each[1]]
    else:
        details = {
            "fields": [
                [label_of(name), words(name, before.get(name)), words(name, value)]
                for name, value in change.values.items()
            ],
            "kept": [[label_of(name), words(name, said[name])] for name in sorted(change.kept)],
        }
    outcome = LineOutcome.CREATED if new else LineOutcome.UPDATED if change.writes else LineOutcome.KEPT
    return ImportLine(
        batch=batch,
        outcome=outcome,
        title=(said.get("title") or change.resource.title)[:300],
        resource=None if new else change.resource,
        details=details,
    )
