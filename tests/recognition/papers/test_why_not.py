import datetime
from decimal import Decimal

import pypdfium2
import pytest

from recognition.domain.papers import WhyNotLetter, why_not_pdf

DAY = datetime.date(2026, 2, 5)
SENDER = "Hội Khuyến học xã Mẫu"


def letter(name="Gia đình mẫu", missing=("Tiêu chí 2: thiếu minh chứng.",), **changes):
    facts = {"village": "Xóm Mẫu", "title": "Gia đình học tập", "year": 2025, "advice": ("Nộp minh chứng.",)}
    return WhyNotLetter(addressee=name, missing=missing, **facts | changes)


def pages(*letters):
    with pypdfium2.PdfDocument(why_not_pdf(letters, sender=SENDER, day=DAY)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_a_family_reads_what_was_missing_and_what_to_do():
    [page] = pages(letter(total=Decimal("72.50"), most=Decimal(100)))
    for part in (
        SENDER,
        "05/02/2026",
        "Kính gửi: Gia đình mẫu, Xóm Mẫu",
        "Vì sao chưa đạt “Gia đình học tập” năm 2025?",
        "Tổng điểm: 72,5/100",
        "Tiêu chí 2: thiếu minh chứng.",
        "Nộp minh chứng.",
    ):
        assert part in page


def test_two_letters_stand_on_a_page_and_each_family_has_its_own():
    found = pages(*(letter(f"Gia đình mẫu {number}") for number in range(1, 6)))
    assert len(found) == 3
    assert "Gia đình mẫu 1" in found[0]
    assert "Gia đình mẫu 2" in found[0]
    assert "Gia đình mẫu 5" in found[2]


def test_a_long_letter_has_its_own_pages_and_loses_nothing():
    long = letter("Gia đình dài", missing=tuple(f"Tiêu chí {number}: chưa đạt." for number in range(1, 61)))
    found = pages(letter("Gia đình trước"), long, letter("Gia đình sau"))
    assert "Gia đình dài" not in found[0]
    assert "Gia đình sau" in found[-1]
    assert "Gia đình dài" not in found[-1]
    assert all(f"Tiêu chí {number}: chưa đạt." in " ".join(found) for number in range(1, 61))


def test_without_points_no_total_is_named_and_whatever_is_typed_does_nothing():
    [page] = pages(letter('#panic("x") *b* $1$', missing=("#eval",), advice=()))
    assert '#panic("x") *b* $1$' in page
    assert "Tổng điểm" not in page
    assert "Nên làm" not in page


def test_the_same_letters_are_the_same_file_and_no_letter_is_none():
    assert why_not_pdf([letter()], sender=SENDER, day=DAY) == why_not_pdf([letter()], sender=SENDER, day=DAY)
    with pytest.raises(ValueError, match="no letter"):
        why_not_pdf([], sender=SENDER, day=DAY)
