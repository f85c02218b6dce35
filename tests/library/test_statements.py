"""What cataloguers write into their cells."""

import pytest

from library.statements import language_of, listed_people, minutes_of, pages_of, people, year_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bộ Xây dựng", [["Bộ Xây dựng", "author"]]),
        ("Bộ Nông nghiệp, Vụ Trồng trọt", [["Bộ Nông nghiệp, Vụ Trồng trọt", "author"]]),
        ("Santos, Mílton", [["Santos, Mílton", "author"]]),
        ("Bùi Mẫu Một, Lê Mẫu Hai.", [["Bùi Mẫu Một", "author"], ["Lê Mẫu Hai", "author"]]),
        (
            "Robert de Souza, Jonas Stumpf; \nJuhri Iwan Agriawan ... [et al.].",
            [["Robert de Souza", "author"], ["Jonas Stumpf", "author"], ["Juhri Iwan Agriawan", "author"]],
        ),
        (
            "N. F. Surnina chủ biên; G. B. Damianov; Nguyễn Văn Mẫu dịch.",
            [["N. F. Surnina", "editor"], ["G. B. Damianov", "author"], ["Nguyễn Văn Mẫu", "translator"]],
        ),
        ("Rozanov, chủ biên; Lê Mẫu, người dịch", [["Rozanov", "editor"], ["Lê Mẫu", "translator"]]),
        (
            "Lê Mẫu; Tham gia: Trần Vũ An, Trần Hải Nam",
            [["Lê Mẫu", "author"], ["Trần Vũ An", "contributor"], ["Trần Hải Nam", "contributor"]],
        ),
        ("Lê Mẫu...[và những người khác]", [["Lê Mẫu", "author"]]),
        ("TCVN 5531-1991; \n(ST SEV 1745-79)", [["TCVN 5531-1991 (ST SEV 1745-79)", "author"]]),
        ("Lê Mẫu (dịch)", [["Lê Mẫu", "translator"]]),
        ("", []),
    ],
)
def test_names_and_roles_out_of_one_cell(text, found):
    assert people(text) == found


def test_in_our_own_lists_only_semicolons_separate():
    assert listed_people("Lê Mẫu, Trần Mẫu; Bùi Mẫu (tham gia)") == [
        ["Lê Mẫu, Trần Mẫu", "author"],
        ["Bùi Mẫu", "contributor"],
    ]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("c2009", 2009),
        ("2009.", 2009),
        ("[1998]", 1998),
        ("Tái bản lần 2, 2011", 2011),
        ("198…", None),
        ("20091", None),
        ("[between 1880 and 1893]", None),
        ("k.n.", None),
    ],
)
def test_years_out_of_text(text, year):
    assert year_of(text) == year


def test_pages_and_minutes_out_of_an_extent():
    assert pages_of("xii, 450 p., [16] p. of plates : ill. ; 24 cm.") == 450
    assert pages_of("192tr.; 21cm") == 192
    assert pages_of("24 cm") is None
    assert minutes_of("1 videodisc (45 min.)") == 45
    assert minutes_of("30 phút") == 30


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Hàn bằng năng lượng nổ", "vie"),
        ("Trồng ngô", "vie"),
        ("Tro\u0302\u0300ng", "vie"),
        ("Sensors", "und"),
        ("Ḥujjat Muvaḥḥid", "und"),
        ("À la française", "und"),
    ],
)
def test_letters_that_only_vietnamese_writes(title, language):
    assert language_of(title) == language


@pytest.mark.parametrize("run", [",", ", ", " ", ".", "…", "(", "; "])
def test_a_run_of_signs_is_looked_at_once(run):
    """It would take for ever, were each of them taken for the beginning of something."""
    assert people("Nguyễn Văn A" + run * 20_000 + "B")
