"""What keeps a draft from being published, said in sentences."""

import copy
import datetime

import pytest

from recognition.domain.criteria_content import content_of
from recognition.domain.criteria_drafts.faults import faults_in
from recognition.domain.criteria_reading import read
from tests.recognition.scoring.sheets import SETS


def content(file):
    data = read((SETS / f"{file}.json").read_text("utf-8"))
    return copy.deepcopy(content_of(data.values, data.groups)) | {"gaps": []}


POINTS, TARGETS = "tt22-2020-unit", "tt24-2023-unit-district"
PAIRS, FLOOR = "tt25-2023-commune-community", "khvn-citizen-2021-2030"


@pytest.mark.parametrize("file", [POINTS, TARGETS, PAIRS])
def test_what_is_complete_has_no_faults(file):
    assert faults_in(content(file)) == []


def first(data):
    return data["groups"][0]["criteria"][0]


def drop(key, **at):
    return lambda data: data["rules"].pop(key)


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        (POINTS, lambda data: data.update(document=" "), "văn bản"),
        (POINTS, lambda data: data.update(issuer=""), "ban hành"),
        (POINTS, lambda data: data.update(issue_date=None), "Ngày"),
        (POINTS, lambda data: data.update(valid_from=None), "hiệu lực"),
        (POINTS, lambda data: data.update(valid_to=datetime.date(2000, 1, 1)), "hiệu lực"),
        (POINTS, lambda data: data.update(gaps=["điểm nhóm 4"]), "điểm nhóm 4"),
        (POINTS, lambda data: data["groups"][0].update(incomplete=True), "1"),
        (POINTS, lambda data: first(data).update(truncated_in_source=True), "1.1"),
        (POINTS, lambda data: first(data).update(from_draft=True), "1.1"),
        (POINTS, lambda data: data.update(scope_levels=[]), "cấp"),
        (POINTS, lambda data: data.update(groups=[]), "nhóm"),
        (POINTS, lambda data: data["groups"][0].update(criteria=[], max_points=None), "chưa có tiêu chí"),
        (POINTS, lambda data: data["groups"][1]["criteria"][0].update(code="1.1"), "2 lần"),
        (POINTS, lambda data: data.update(scoring_model="none"), "chấm"),
        (POINTS, lambda data: first(data).update(max_points=None), "1.1"),
        (POINTS, lambda data: first(data).update(kind="yes_no"), "1.1"),
        (POINTS, lambda data: first(data).update(max_points=first(data)["max_points"] - 1), "30"),
        (POINTS, lambda data: data["groups"][0].update(max_points=25), "25"),
        (POINTS, lambda data: data.update(total_points=95), "95"),
        (POINTS, lambda data: data.update(total_points=None), "tổng"),
        (POINTS, drop("thresholds"), "bao nhiêu điểm"),
        (POINTS, lambda data: data["rules"]["thresholds"][0].update(max=99), "100"),
        (POINTS, lambda data: data["rules"]["thresholds"][1].update(max=84), "Khá"),
        (POINTS, lambda data: data["rules"]["thresholds"][1].update(max_inclusive=True), "Khá"),
        (FLOOR, drop("preconditions"), "thấp nhất"),
        (FLOOR, lambda data: data["rules"]["preconditions"][0].update(min_points_each=11), "11"),
        (FLOOR, lambda data: data["rules"]["thresholds"].pop(), "Vùng khó khăn"),
        (TARGETS, drop("levels"), "mức"),
        (TARGETS, lambda data: data["groups"][1]["criteria"][0]["requirement"]["min_ratio_pct"].pop("2"), "2.1"),
        (TARGETS, lambda data: data["groups"][2]["criteria"][-2]["requirement"].clear(), "3."),
        (TARGETS, lambda data: first(data).update(kind="count"), "1.1"),
        (TARGETS, lambda data: first(data).update(kind="trend"), "1.1"),
        (TARGETS, lambda data: first(data).update(kind="points"), "1.1"),
        (PAIRS, lambda data: data["groups"][4]["criteria"][1]["requirement"].clear(), "5.2"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said(file, change, said):
    data = content(file)
    change(data)
    found = faults_in(data)
    assert any(said in fault for fault in found), found


def test_the_sum_is_said_as_people_say_it():
    data = content(POINTS)
    data["groups"][2]["max_points"] = 35
    data["groups"][2]["criteria"][0]["max_points"] -= 5
    assert faults_in(data) == ["Các nhóm cộng lại được 95 điểm, bộ tiêu chí ghi 100."]
