"""Whatever happens to an answer: records read + records failed = records offered, and nothing is raised but sentences."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from django.utils.translation import override

from library.interop.oai import answers
from library.interop.oai.found import found
from library.interop.page import Found, SourceProblem

from .oai_server import envelope, record, records

HELD = records(12)
PAGE = envelope(
    f"<ListRecords>{''.join(map(str, HELD))}<resumptionToken>tiếp</resumptionToken></ListRecords>"
).encode()
IDENTIFIERS = [each.identifier for each in HELD]
FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(body: bytes, *, complete: bool = True) -> tuple[answers.Answer | None, list[Found]]:
    with override("en"):
        try:
            answer = answers.read(body, complete=complete)
        except SourceProblem:
            return None, []
        return answer, [found(each) for each in answer.records]


@FAST
@given(st.integers(0, len(PAGE)))
def test_an_answer_that_is_cut_off_anywhere(end):
    answer, got = read(PAGE[:end], complete=False)
    whole = PAGE[:end].count(b"</record>")
    good = [each for each in got if not each.problem]
    assert len(good) == whole
    begun = PAGE[:end].count(b"<record>")
    if answer is not None and begun > whole and answer.truncated:
        assert sum(bool(each.problem) for each in got) == begun - whole


@FAST
@given(st.integers(0, len(PAGE) - 1), st.binary(min_size=1, max_size=4))
@example(PAGE.index(b"<title") if b"<title" in PAGE else 400, b"<")
def test_a_few_bytes_that_are_changed(at, others):
    """Inside a record the damage costs at most that record, and it is told; around the records the page may be refused."""
    first, last = PAGE.index(b"<metadata>"), PAGE.rindex(b"</metadata>")
    changed = PAGE[:at] + others + PAGE[at + len(others) :]
    answer, got = read(changed)
    if answer is None:
        return
    inside = PAGE.rfind(b"<metadata>", 0, at) > PAGE.rfind(b"</metadata>", 0, at)
    whole = at + len(others) <= PAGE.find(b"</metadata>", at)
    if first + 10 < at < last and inside and whole and b"<" not in others and b">" not in others:
        assert len(got) == len(HELD)
        assert sum(bool(each.problem) for each in got) <= 1


@FAST
@given(st.binary(max_size=300))
def test_bytes_of_any_kind(body):
    read(body)
    read(body, complete=False)


@FAST
@given(st.text(max_size=200), st.text(max_size=60))
def test_words_of_any_kind(title, identifier):
    """Whatever stands in the fields, a record is a resource or a problem."""
    page = envelope(
        f"<ListRecords>{record(1, title=title, identifier=identifier, creator=title, date=title)}</ListRecords>"
    )
    _answer, got = read(page.encode("utf-8", "replace"))
    if got:
        (one,) = got
        assert one.problem or one.values["title"]
