"""Text, names, languages, rights and numbers out of what sources write."""

import pytest

from library.enums import ContributorRole
from library.interop import plain_values as plain


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>Trồng <b>ngô</b></p><p>Chăm bón</p>", "Trồng ngô\nChăm bón"),
        ("Trồng\n  ngô\n\nChăm bón", "Trồng ngô\nChăm bón"),
        ("R&amp;D", "R&D"),
        ("Th&amp;#432; vi&amp;#7879;n", "Thư viện"),
        ("&lt;p&gt;Một&lt;/p&gt;", "Một"),
        ("2 < 3 và 5 > 4", "2 < 3 và 5 > 4"),
        ("<script>alert(1)</script>Chữ", "Chữ"),
        ("Ho\u0300a\x00 bi\u0300nh", "Hòa bình"),
        (None, ""),
        ({"vi": "không phải chữ"}, ""),
    ],
)
def test_text_comes_out_of_html_and_of_entities_escaped_twice(written, text):
    assert plain.text_of(written) == text


def test_an_entity_escaped_three_times_stays():
    assert plain.text_of("&amp;amp;amp;") == "&amp;"


def test_a_title_too_long_is_cut_between_words_and_kept_whole_as_another():
    long = "học tập suốt đời " * 30
    values = plain.titles(long.strip())
    assert len(values["title"]) <= 300
    assert values["title"].endswith(" …")
    assert values["alternative_titles"] == long.strip()


@pytest.mark.parametrize(
    ("tags", "title", "values"),
    [
        (["vi-VN"], "", {"language": "vie"}),
        (["en", "vie"], "", {"language": "eng", "other_languages": ["vie"]}),
        (["ger"], "", {"language": "deu"}),
        (["dao"], "A title", {"language": "und"}),
        (["yao"], "A title", {"language": "und"}),
        (["tlh"], "Klingon", {"language": "und"}),
        ([], "Kỹ thuật trồng ngô", {"language": "vie"}),
        ([], "Moby Dick", {}),
    ],
)
def test_languages_by_tag_and_never_a_wrong_one_for_the_dao(tags, title, values):
    assert plain.languages(tags, title) == values


@pytest.mark.parametrize(
    ("said", "licence", "note"),
    [
        (["https://creativecommons.org/licenses/by/4.0/"], "CC-BY-4.0", ""),
        (["CC BY-SA 4.0"], "CC-BY-SA-4.0", ""),
        (
            ["Shared under http://creativecommons.org/licenses/by-nc/3.0/."],
            "CC-BY-NC-3.0",
            "Shared under http://creativecommons.org/licenses/by-nc/3.0/.",
        ),
        (["Public domain in the USA."], "", "Public domain in the USA."),
        (["© Nhà xuất bản", "CC0-1.0"], "CC0-1.0", "© Nhà xuất bản"),
    ],
)
def test_only_a_licence_that_is_named_is_one(said, licence, note):
    assert plain.rights(said) == (licence, note)


def test_numbers_of_the_world_are_found_among_identifiers():
    found = plain.numbers(
        [
            "urn:isbn:978-3-16-148410-0",
            "ISBN 0-306-40615-2",
            "https://doi.org/10.1000/ABC",
            "urn:issn:2049-3630",
            "9780306406157",
            "http://hdl.handle.net/123456789/12",
            "12345",
            "urn:uuid:36d5078e-ff7d-468e-a5f3-f47c14b91f2f",
            "http://[không",
        ]
    )
    assert found == [
        ["isbn", "9783161484100"],
        ["isbn", "9780306406157"],
        ["doi", "10.1000/abc"],
        ["issn", "20493630"],
        ["handle", "123456789/12"],
    ]


def test_addresses_are_whole_and_of_the_web():
    assert plain.addresses(
        ["/sach/1.epub", "javascript:alert(1)", "https://a.example/" + "x" * 1000, "/sach/1.epub"],
        "https://kho.example/opds",
    ) == ["https://kho.example/sach/1.epub"]


def test_a_name_is_never_longer_than_the_catalogue_takes():
    [[name, role]] = plain.creators([("A" * 250, ContributorRole.AUTHOR)])
    assert (len(name), role) == (200, "author")
