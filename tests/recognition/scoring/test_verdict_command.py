import io
import json

import pytest

from django.core.management import CommandError, call_command

from recognition.domain import seed

from .sheets import full, rules

pytestmark = pytest.mark.django_db
CITIZEN = rules("khvn-citizen-2021-2030")


@pytest.fixture
def answers(settings, monkeypatch, capsys):
    """answers(code, line, ...) -> the lines that the command prints, read."""
    settings.DEMO = False
    seed.load()

    def ask(code, *lines):
        monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
        call_command("verdict", code)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return ask


def test_each_sheet_gets_its_line(answers):
    low = full(CITIZEN, id="B", area="disadvantaged")
    low["answers"]["B2"] = {"points": 4}
    first, second = answers(CITIZEN.code, json.dumps(full(CITIZEN, id="A")), "", json.dumps(low))
    assert first == {
        "id": "A",
        "total": 100,
        "groups": {"A": 40, "B": 40, "C": 20},
        "met": dict.fromkeys(CITIZEN.targets, True),
        "passed": True,
        "result": "Đạt Công dân học tập",
        "vetoes": [],
        "reasons": ["100/100 điểm: Đạt Công dân học tập."],
    }
    assert (second["id"], second["total"], second["passed"], second["vetoes"]) == ("B", 94, False, ["V1"])


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("{", None),
        ("[]", None),
        ("[" * 100_000, None),
        ('{"id": "x"}', "x"),
        ('{"id": 7, "area": "standard", "answers": {"A1": {"points": NaN}}}', None),
        ('{"id": "x", "id": "y"}', None),
    ],
)
def test_a_bad_line_is_answered_with_a_sentence_and_the_next_one_is_judged(answers, line, number):
    bad, good = answers(CITIZEN.code, line, json.dumps(full(CITIZEN)))
    assert set(bad) == {"id", "error"}
    assert bad["id"] == number
    assert bad["error"].endswith(".")
    assert good["passed"]


def test_parts_of_points_are_read_as_they_are_written(answers):
    data = json.dumps(full(CITIZEN)).replace('{"points": 10}', '{"points": 7.1}')
    [found] = answers(CITIZEN.code, data)
    assert found["total"] == 71


def test_an_unknown_set_and_one_without_its_text_end_with_a_sentence(answers):
    with pytest.raises(CommandError, match="KHONG-CO"):
        answers("KHONG-CO")
    with pytest.raises(CommandError, match="448"):
        answers("QD448-2015-GDHT")
