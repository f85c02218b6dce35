"""When a measured figure is good enough."""

from tests.bench.figure import Figure, NotTested


def verdict(ours, reference=None, ceiling=None, **bounds):
    return Figure("a search", ours, reference, ceiling, "ms", **bounds).verdict


def test_a_figure_is_short_above_its_ceiling_or_below_what_it_must_be():
    assert (verdict(8, ceiling=8), verdict(9, ceiling=8)) == ("ok", "SHORT")
    assert (verdict(60, ceiling=60, at_least=True), verdict(59, ceiling=60, at_least=True)) == ("ok", "SHORT")


def test_a_figure_is_short_when_it_is_too_far_from_its_reference_however_small_it_is():
    assert verdict(6, reference=2, ceiling=8, most_ratio=3) == "ok"
    assert verdict(7, reference=2, ceiling=8, most_ratio=3) == "SHORT"
    assert verdict(7, reference=2, most_ratio=3) == "SHORT"


def test_what_could_not_be_measured_says_why_and_is_not_ok():
    left_out = NotTested("elasticsearch", "no Java")
    assert str(left_out) == "elasticsearch | - | - | - | no Java | NOT TESTED"
    assert left_out.verdict != "ok"
