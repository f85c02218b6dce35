"""The files of open data: made anew by the job worker when something changed, row by row in constant memory."""

import csv
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from io import StringIO
from itertools import tee
from typing import Any

from rest_framework.utils.encoders import JSONEncoder

from django.core.files import File
from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.web.site_address import site_address
from portal.web.spreadsheet import kept_a_text

from ...models import OfficialDocument, OpenDataFile, Resource, Subject
from .records import READ_WITH, document_data, resource_data, subject_data

BATCH = 500  # rows read at once
PAUSE = timedelta(minutes=15)  # between two makings of the same file
MARK = "\ufeff"  # by which a spreadsheet knows UTF-8
NAMES = ("name", "value", "url")  # what one cell tells of a thing that has several values


@dataclass(frozen=True)
class Dataset:
    """`rows`: what everybody may see, with all that `data_of` needs; `changes`: whether a row says when it changed."""

    slug: str
    title: str | Promise
    description: str | Promise
    rows: Callable[[], QuerySet]
    data_of: Callable[[Any, str], dict]
    changes: bool = True

    def stamp(self) -> str:
        """Another one after a row has come, gone or changed."""
        rows = self.rows().order_by().prefetch_related(None)
        last = {"last": Max("updated_at")} if self.changes else {}
        return "/".join(str(value) for value in rows.aggregate(number=Count("pk"), **last).values())

    def records(self) -> Iterator[dict]:
        root = site_address()
        for row in self.rows().iterator(chunk_size=BATCH):
            yield self.data_of(row, root)


DATASETS = {
    each.slug: each
    for each in (
        Dataset(
            "hoc-lieu",
            _("Catalogue of learning resources"),
            _(
                "What everybody may see of the library: titles, creators, subjects, licences and where to read."
            ),
            lambda: Resource.objects.public().order_by("pk").prefetch_related(*READ_WITH),
            resource_data,
        ),
        Dataset(
            "chu-de",
            _("Subjects of the library"),
            _("The tree of subjects under which learning resources are shelved."),
            lambda: Subject.objects.order_by("path"),
            subject_data,
            changes=False,
        ),
        Dataset(
            "van-ban",
            _("Register of official documents"),
            _(
                "Documents on learning promotion and lifelong learning: number, issuer, dates, status, source."
            ),
            lambda: OfficialDocument.objects.order_by("pk"),
            document_data,
        ),
    )
}


def as_csv(records: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """A line a record, headings first; several values stand in one cell, "; " between them. As many texts as there are
    records, and one before and one after them."""
    line = StringIO()
    writer = csv.writer(line)
    yield MARK
    for number, record in enumerate(records):
        line.seek(0)
        line.truncate()
        if not number:
            writer.writerow(record)
        writer.writerow([kept_a_text(_cell(value)) for value in record.values()])
        yield line.getvalue()
    yield ""


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(_cell(each)) for each in value)
    if isinstance(value, Mapping):
        return next(value[name] for name in NAMES if name in value)
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else value


def as_json(records: Iterator[Mapping[str, Any]]) -> Iterator[str]:
    """One list, a record a line; in as many texts as `as_csv`."""
    yield "["
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + json.dumps(record, ensure_ascii=False, cls=JSONEncoder)
    yield "\n]\n"


FORMS = {"csv": as_csv, "json": as_json}
MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def make_all(today: Date) -> None:
    """Once a day: also what changed without its row (a subject that was renamed), or by the calendar alone."""
    for dataset in DATASETS.values():
        _make(dataset, dataset.stamp())


def make_what_changed() -> None:
    """At every look of a job worker: what was made of another state, but not too often."""
    for dataset in DATASETS.values():
        stamp = dataset.stamp()
        made = OpenDataFile.objects.filter(dataset=dataset.slug, form__in=FORMS)
        current = made.filter(stamp=stamp).count() == len(FORMS)
        if not current and not made.filter(made_at__gt=timezone.now() - PAUSE).exists():
            _make(dataset, stamp)


def _make(dataset: Dataset, stamp: str) -> None:
    """The rows are read once for all forms, which are written side by side."""
    now, count = timezone.now(), -2  # the texts before and after the records
    digests = {form: hashlib.sha256() for form in FORMS}
    with ExitStack() as open_files:
        files = {form: open_files.enter_context(tempfile.TemporaryFile()) for form in FORMS}
        copies = tee(dataset.records(), len(FORMS))
        for texts in zip(*map(lambda write, copy: write(copy), FORMS.values(), copies), strict=True):
            count += 1
            for form, text in zip(FORMS, texts, strict=True):
                files[form].write(piece := text.encode())
                digests[form].update(piece)
        for form, file in files.items():
            facts = {"rows": count, "size": file.tell(), "checksum": digests[form].hexdigest()}
            file.seek(0)
            _put(dataset.slug, form, File(file), facts | {"stamp": stamp, "made_at": now})


def _put(slug: str, form: str, content: File, facts: Mapping[str, Any]) -> None:
    """The new file first, so that there is one at every moment; the old one goes when nothing leads to it any more."""
    row = OpenDataFile.objects.filter(dataset=slug, form=form).first() or OpenDataFile(
        dataset=slug, form=form
    )
    old = row.file.name
    for name, value in facts.items():
        setattr(row, name, value)
    row.file.save(f"{slug}.{form}", content, save=False)
    with transaction.atomic():
        row.save()
        if old:
            transaction.on_commit(lambda: row.file.storage.delete(old))
