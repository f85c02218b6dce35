import datetime
import re
from xml.etree import ElementTree

import pytest

from django.template.loader import render_to_string

from portal.places.classes import classify
from portal.places.maps import CREDIT, place_map
from portal.places.models import Place

SEVEN = ["01447", "01456", "01465", "01477", "01489", "01501", "01525"]
VALUES = {code: number for number, code in enumerate(SEVEN)}
SVG = "{http://www.w3.org/2000/svg}"


def draw(*args, **kwargs):
    html = render_to_string("components/place_map.html", {"map": place_map(*args, **kwargs)})
    return html, ElementTree.fromstring(
        re.search(r"<svg class=\"map__drawing\".*?</svg>", html, re.DOTALL).group()
    )


def test_the_map_of_the_former_district_shows_its_seven_communes(cao_bang, django_assert_num_queries):
    district = Place.objects.by_code("047", datetime.date(2025, 6, 30))
    with django_assert_num_queries(1):
        assert sorted(area.code for area in place_map(district, VALUES, "T", "L").areas) == SEVEN


def test_the_map_of_a_living_place_shows_what_lies_within_or_itself(cao_bang):
    commune = Place.objects.by_code("01501", datetime.date(2026, 1, 1))
    assert len(place_map(cao_bang, {}, "T", "L").areas) == 56
    assert [area.code for area in place_map(commune, {}, "T", "L").areas] == ["01501"]


def test_the_map_of_the_province_asks_the_database_nothing():
    assert len(place_map(None, {}, "T", "L").areas) == 56


def test_an_unknown_code_draws_an_empty_map_and_no_error():
    html, svg = draw(["99999"], {"99999": 3}, "T", "L")
    assert svg.findall(f"{SVG}path") == []


def test_the_drawing_of_seven_communes_is_15_kb_at_most():
    html, _svg = draw(SEVEN, VALUES, "Số gia đình học tập", "Gia đình")
    assert len(re.search(r"<svg.*?</svg>", html, re.DOTALL).group().encode()) <= 15_000


def test_the_drawing_is_one_picture_with_a_name_and_a_description():
    _html, svg = draw(SEVEN, VALUES, "Số gia đình học tập", "Gia đình", key="families")
    assert svg.get("role") == "img"
    named = svg.get("aria-labelledby").split()
    assert named == [svg.find(f"{SVG}title").get("id"), svg.find(f"{SVG}desc").get("id")]
    assert svg.find(f"{SVG}title").text == "Số gia đình học tập"
    assert not list(svg.iter(f"{SVG}a"))


def test_nothing_in_the_drawing_needs_an_exception_from_the_content_security_policy():
    html, _svg = draw(None, VALUES, "T", "L", link="/x/{}".format)
    assert "style=" not in html
    assert "<script" not in html
    assert not re.search(r"\son\w+=", html)


def test_every_figure_stands_as_text_on_the_map_and_in_the_table():
    html, svg = draw(SEVEN, {"01501": 1234.5}, "T", "Gia đình", unit="hộ")
    on_the_map = ["".join(label.itertext()).split() for label in svg.findall(f"{SVG}text")]
    assert ["Đàm", "Thuỷ", "1.234,5"] in on_the_map
    assert '<td class="number">1.234,5</td>' in html
    assert html.count('<td class="number">–</td>') == 6
    assert CREDIT in html


def test_names_in_the_table_lead_to_the_page_of_the_commune():
    html, _svg = draw(SEVEN, VALUES, "T", "L", link="/xa/{}".format)
    assert '<a href="/xa/01501">Xã Đàm Thuỷ</a>' in html


def test_what_editors_write_is_escaped():
    html = render_to_string(
        "components/place_map.html", {"map": place_map(SEVEN, {}, "<b>T</b>", "<i>L</i>")}
    )
    assert "<b>" not in html
    assert "<i>" not in html


def test_every_path_is_closed_and_lies_inside_the_picture():
    drawn = place_map(None, {}, "T", "L")
    for area in drawn.areas:
        numbers = re.findall(r"-?\d+(?:\.\d)?", area.path)
        x, y = float(numbers[0]), float(numbers[1])
        for dx, dy in zip(map(float, numbers[2::2]), map(float, numbers[3::2]), strict=True):
            x, y = x + dx, y + dy
            assert -0.05 <= x <= float(drawn.width) + 0.05
            assert -0.05 <= y <= float(drawn.height) + 0.05
        assert re.fullmatch(r"M[\d.]+ [\d.]+l[-\d. ]+z", area.path)


def test_every_label_lies_inside_its_own_commune():
    for area in place_map(None, {}, "T", "L").areas:
        assert _inside(float(area.x), float(area.y), _points(area.path)), area.name


def _points(path):
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d)?", path)]
    points = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points


def _inside(x, y, points):
    inside = False
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


@pytest.mark.parametrize(
    ("values", "levels", "labels"),
    [
        ([], [], []),
        ([None], [], []),
        ([7], [5], ["7"]),
        ([3, 3, 9], [1, 5], ["3", "9"]),
        ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], ["1", "2", "3", "4", "5"]),
        ([0, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5], ["0", "1 – 2", "3", "4 – 5", "6"]),
    ],
)
def test_figures_fall_into_at_most_five_classes_named_by_their_ends(values, levels, labels):
    classes, level_of = classify(values)
    assert [entry.level for entry in classes] == levels
    assert [entry.label for entry in classes] == labels
    assert level_of(None) == 0


def test_a_higher_figure_never_falls_into_a_lower_class():
    values = [5, 80, 3, 3, 12, 44, 7, 9, 1, 100, 0]
    _classes, level_of = classify(values)
    levels = [level_of(value) for value in sorted(values)]
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (1, 5)
