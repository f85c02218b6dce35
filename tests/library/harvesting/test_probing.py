"""A look at a source before it is kept: in words, as our catalogue would show it, and never without an end."""

import threading

import pytest

from django.utils import translation

from library.domain.harvesting import probing
from library.domain.harvesting.probing import Seen, look_at
from library.interop import fetching
from library.interop.page import Found, Probe, SourceProblem

FOUND = Found(
    "oai:mau:1",
    values={"title": "Trồng ngô", "creators": [["Người Mẫu", "author"]], "year": 2019, "abstract": "a" * 400},
    subject_words=["Nông nghiệp"],
    rights_note="Chỉ dùng tại chỗ.",
)


class Reader:
    def __init__(self, answer):
        self._answer = answer

    def probe(self):
        return self._answer() if callable(self._answer) else self._answer


def as_read(found):
    return dict(found.values)


def test_five_records_are_told_in_the_words_of_the_form():
    probe = Probe(name="Kho mẫu", examples=[FOUND], notes=["Trả lời có ký tự lạ."])
    with translation.override("vi"):
        seen = look_at(Reader(probe), as_read)
    example = seen.examples[0]
    lines = dict(example.lines)
    assert (seen.name, list(seen.notes), example.title) == ("Kho mẫu", ["Trả lời có ký tự lạ."], "Trồng ngô")
    assert lines["Năm"] == "2019"
    assert "Người Mẫu" in lines.values()
    assert "Nông nghiệp" in lines.values()
    assert "Chỉ dùng tại chỗ." in lines.values()
    assert f"{'a' * 300}…" in lines.values()


def test_a_record_that_cannot_be_read_or_was_deleted_is_shown_as_that():
    broken, gone = Found("oai:mau:2", problem="Không có nhan đề."), Found("oai:mau:3", deleted=True)
    seen = look_at(Reader(Probe(name="", examples=[broken, gone])), as_read)
    assert [(each.problem, each.deleted) for each in seen.examples] == [
        ("Không có nhan đề.", False),
        ("", True),
    ]


def test_what_is_told_beside_the_facts_is_not_told_twice():
    facts = [("Tên", "Kho mẫu"), ("Thư", "kho@mau.example"), ("Số biểu ghi", "12")]
    seen = look_at(Reader(Probe(name="Kho mẫu", contact="kho@mau.example", facts=facts)), as_read)
    assert seen.facts == [("Số biểu ghi", "12")]


def test_what_was_seen_travels_as_plain_values():
    seen = look_at(Reader(Probe(name="Kho mẫu", sets=[("a", "Bộ A")], examples=[FOUND])), as_read)
    again = Seen.of_values(seen.as_values())
    assert again.as_values() == seen.as_values()


def test_the_reason_of_a_source_reaches_who_looks():
    def refuse():
        raise SourceProblem("Không có máy chủ này.")

    with pytest.raises(SourceProblem, match="Không có máy chủ này"):
        look_at(Reader(refuse), as_read)


def test_the_words_of_a_reader_are_in_the_language_of_who_looks():
    with translation.override("vi"):
        seen = look_at(Reader(lambda: Probe(name=translation.get_language())), as_read)
    assert seen.name == "vi"


def test_a_source_that_is_silent_is_given_up():
    answered = threading.Event()
    try:
        with pytest.raises(SourceProblem, match="0"):
            look_at(Reader(lambda: answered.wait(30) and Probe(name="")), as_read, seconds=0.01)
    finally:
        answered.set()


def test_whoever_looks_is_in_a_hurry():
    asked = []
    look_at(Reader(lambda: asked.append(fetching._left(1000)) or Probe(name="")), as_read, seconds=7)
    assert 0 < asked[0] <= 7


def test_only_a_few_look_at_the_same_time(monkeypatch):
    monkeypatch.setattr(probing, "_places", threading.BoundedSemaphore(1))
    answered = threading.Event()
    try:
        with pytest.raises(SourceProblem):
            look_at(Reader(lambda: answered.wait(30) and Probe(name="")), as_read, seconds=0.01)
        called = []
        with pytest.raises(SourceProblem):
            look_at(Reader(lambda: called.append(1)), as_read)
        assert not called
    finally:
        answered.set()
