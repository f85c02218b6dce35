import json
from pathlib import Path

import pytest

from recognition.domain.criteria_reading import UnreadableCriteria, read
from recognition.enums import TargetKind

FILES = sorted((Path(__file__).parents[2] / "recognition/data/criteria").glob("*.json"))


def minimal(**changes):
    data = {
        "code": "MAU-1",
        "title_vi": "Bộ mẫu",
        "subject_type": "family",
        "scope_level": ["village"],
        "status": "complete",
        "usable_for_scoring": True,
        "source": {"document": "Văn bản mẫu"},
        "period": {"from": "2021-01-01", "to": "2030-12-31"},
        "scoring_model": "points",
        "retrieved_on": "2026-11-23",
        "gaps": [],
        "groups": [
            {
                "code": "1",
                "name_vi": "Nhóm",
                "max_points": 20,
                "criteria": [
                    {"code": "1.1", "text_vi": "Một", "max_points": 10},
                    {"code": "1.2", "text_vi": "Hai", "max_points": 10},
                ],
            }
        ],
    }
    return data | changes


def errors_of(data):
    with pytest.raises(UnreadableCriteria) as caught:
        read(json.dumps(data))
    return "\n".join(caught.value.errors)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_delivered_set_is_read_without_loss(path):
    data = json.loads(path.read_text("utf-8"))
    result = read(path.read_text("utf-8"))
    assert result.values["title"] == data["title_vi"]
    assert result.values["usable_for_scoring"] is data["usable_for_scoring"]
    assert result.values["gaps"] == data["gaps"]
    texts = [c["text"] for _group, criteria in result.groups for c in criteria]
    assert texts == [c["text_vi"] for g in data["groups"] for c in g["criteria"]]


def test_a_set_without_content_stays_empty():
    stub = next(path for path in FILES if "STUB" in path.name)
    result = read(stub.read_text("utf-8"))
    assert result.groups == []
    assert result.values["scoring_model"] == "none"


def test_the_kind_of_a_target_follows_what_the_file_says():
    criteria = [
        {
            "code": "1",
            "text_vi": "a",
            "kind": "ratio_pair",
            "min_ratio_pct": {"1": {"trained": 50, "university": 12}},
        },
        {"code": "2", "text_vi": "b", "min_band_vi": {"1": "mức độ 2"}},
        {"code": "3", "text_vi": "c", "min_count": 4},
        {"code": "4", "text_vi": "d", "max_points": 10},
        {"code": "5", "text_vi": "e"},
    ]
    data = minimal(groups=[{"code": "1", "name_vi": "Nhóm", "max_points": None, "criteria": criteria}])
    kinds = [c["kind"] for c in read(json.dumps(data)).groups[0][1]]
    assert kinds == [
        TargetKind.RATIO_PAIR,
        TargetKind.BAND,
        TargetKind.COUNT,
        TargetKind.POINTS,
        TargetKind.YES_NO,
    ]


def test_the_hash_is_of_the_content_and_not_of_its_layout():
    data = minimal()
    assert (
        read(json.dumps(data)).values["content_hash"]
        == read(json.dumps(data, indent=4, ensure_ascii=False)).values["content_hash"]
    )
    assert (
        read(json.dumps(minimal(code="B"))).values["content_hash"]
        != read(json.dumps(data)).values["content_hash"]
    )


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title_vi": None}, "title_vi"),
        ({"title_vi": "  "}, "title_vi"),
        ({"subject_type": "village"}, "subject_type"),
        ({"status": "done"}, "status"),
        ({"scoring_model": "stars"}, "scoring_model"),
        ({"scope_level": ["country"]}, "scope_level"),
        ({"usable_for_scoring": "yes"}, "usable_for_scoring"),
        ({"scoring_model": None}, "usable_for_scoring"),
        ({"total_points": -1}, "total_points"),
        ({"total_points": True}, "total_points"),
        ({"period": {"from": "31/12/2020"}}, "period.from"),
        ({"source": "a text"}, "source"),
        ({"retrieved_on": None}, "retrieved_on"),
        ({"groups": [{"code": "1"}]}, "groups[1].name_vi"),
        ({"groups": ["x"]}, "groups[1]"),
        (
            {"groups": [{"code": "1", "name_vi": "N", "criteria": [{"code": "1.1", "text_vi": 5}]}]},
            "groups[1].criteria[1].text_vi",
        ),
    ],
)
def test_every_fault_is_named_with_its_place(changes, where):
    assert where in errors_of(minimal(**changes))


def test_points_that_do_not_add_up_are_refused():
    data = minimal()
    data["groups"][0]["max_points"] = 30
    assert "groups[1].max_points" in errors_of(data)


@pytest.mark.parametrize("text", ["", "{", "[1, 2", "nothing", "[" * 100_000, "9" * 5_000])
def test_what_is_not_json_is_refused_with_a_sentence(text):
    with pytest.raises(UnreadableCriteria):
        read(text)


@pytest.mark.parametrize("text", ["[]", "3", '"x"', "null"])
def test_json_that_is_no_object_is_refused(text):
    with pytest.raises(UnreadableCriteria):
        read(text)


def test_a_trend_is_read_with_its_direction():
    group = minimal()["groups"][0]
    rising = {"code": "1.1", "text_vi": "Thu nhập tăng", "trend": "rising"}
    result = read(json.dumps(minimal(groups=[group | {"max_points": None, "criteria": [rising]}])))
    [(_group, [criterion])] = result.groups
    assert (criterion["kind"], criterion["requirement"]) == (TargetKind.TREND, {"trend": "rising"})
    wrong = group | {"criteria": [rising | {"trend": "up"}]}
    assert "trend" in errors_of(minimal(groups=[wrong]))
