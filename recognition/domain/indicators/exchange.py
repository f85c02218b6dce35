"""The figures of a year as plain values, for programs and for the hash that tells whether two reports say the same."""

import hashlib
import json
from decimal import Decimal

from recognition.enums import Indicator

from .figures import Figure, Rate
from .report import Report
from .wording import coverage


def as_data(report: Report) -> dict:
    """`rows`: one for each commune and indicator, in the order of the report; `whole`: one for each indicator. Rates are per
    cent; null says that it is not known."""
    data = {
        "year": report.year,
        "map": report.day.isoformat(),
        "provisional": report.provisional,
        "estimated": report.estimated,
        "samples": report.samples,
        "unplaced_citizens": _plain(report.unplaced),
        "rows": [
            {
                "commune": row.commune.label,
                "code": row.commune.code,
                "undivided": row.of_other_map,
                **_figure(figure),
            }
            for row in report.rows
            for figure in row.figures.values()
        ],
        "whole": [_figure(figure) for figure in report.whole.values()],
    }
    return data | {"fingerprint": _fingerprint(data)}


def _figure(figure: Figure) -> dict:
    indicator = Indicator(figure.indicator)
    return {
        "title": str(indicator.subject_kind),
        "indicator": str(indicator),
        "recognised": _plain(figure.recognised),
        "registered": _plain(figure.registered),
        "total": _plain(figure.total),
        "denominator": str(indicator.denominator),
        "rate_of_total": _percent(figure.over_total),
        "rate_of_registered": _percent(figure.over_registered),
        "target": figure.target,
        "target_year": figure.target_year,
        "reached": None if figure.missing is None else figure.is_reached,
        "missing": figure.missing,
        "covered": figure.coverage.covered,
        "units": figure.coverage.units,
        "coverage": coverage(figure.coverage),
        "provisional": figure.provisional,
        "estimated": figure.estimated,
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _percent(rate: Rate | None) -> float | None:
    return None if rate is None else round(float(rate.percent), 4)


def _fingerprint(data: dict) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
