"""Criteria sets to try things out with. They say of themselves that they are none: no official text stands behind them."""

import json

from recognition.domain.criteria_import import import_sets
from recognition.enums import SubjectKind
from recognition.models import CriteriaSet

CODE = "MAU-{kind}"
CRITERIA = 10
MOST = 10  # points of each
PASS, PASS_DISADVANTAGED = 80, 70
# Texts of samples are data, Vietnamese in every language.
NOTE = "Bộ tiêu chí mẫu để thử phần mềm: không phải văn bản của cơ quan nào, không dùng để công nhận."


def sample_sets() -> dict[SubjectKind, CriteriaSet]:
    """By title, made when they are missing; not for citizens, whose frame is known."""
    kinds = [kind for kind in SubjectKind if kind != SubjectKind.CITIZEN]
    missing = {
        f"{_code(kind)}.json": json.dumps(_content(kind), ensure_ascii=False)
        for kind in kinds
        if not CriteriaSet.objects.filter(code=_code(kind)).exists()
    }
    import_sets(missing)
    return {kind: CriteriaSet.objects.get(code=_code(kind)) for kind in kinds}


def _code(kind: SubjectKind) -> str:
    return CODE.format(kind=kind.value.upper())


def _content(kind: SubjectKind) -> dict:
    total = CRITERIA * MOST
    return {
        "code": _code(kind),
        "title_vi": f"MẪU – bộ tiêu chí thử của danh hiệu {kind.slug}",
        "subject_type": kind.value,
        "scope_level": ["village"],
        "status": "complete",
        "usable_for_scoring": True,
        "usable_note_vi": NOTE,
        "is_sample": True,
        "source": {"document": "Dữ liệu mẫu, không có văn bản"},
        "retrieved_on": "2026-11-25",
        "schema_version": 1,
        "period": {},
        "scoring_model": "points",
        "total_points": total,
        "thresholds": [
            *_bands("standard", PASS, total),
            *_bands("disadvantaged", PASS_DISADVANTAGED, total),
        ],
        "preconditions": [],
        "gaps": [NOTE],
        "groups": [_group(number) for number in (1, 2)],
    }


def _bands(area: str, least: int, total: int) -> list[dict]:
    return [
        {"label_vi": "Đạt", "min": least, "max": total, "max_inclusive": True, "area": area},
        {"label_vi": "Không đạt", "min": 0, "max": least, "max_inclusive": False, "area": area},
    ]


def _group(number: int) -> dict:
    half = CRITERIA // 2
    return {
        "code": str(number),
        "name_vi": f"Nhóm mẫu {number}",
        "max_points": half * MOST,
        "criteria": [
            {
                "code": f"{number}.{each}",
                "text_vi": f"Tiêu chí mẫu {number}.{each}",
                "max_points": MOST,
                "evidence_hint_vi": "Minh chứng mẫu",
            }
            for each in range(1, half + 1)
        ],
    }
