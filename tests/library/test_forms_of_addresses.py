"""What a link leads to, told by its address alone."""

import pytest

from library.enums import RenditionForm


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://kho-mau.example/sach/ngo.pdf", "pdf"),
        ("https://kho-mau.example/sach/ngo.PDF/", "pdf"),
        ("https://kho-mau.example/sach/ngo.epub?tai=1", "epub"),
        ("https://kho-mau.example/bai.mp3#doan-2", "audio"),
        ("https://kho-mau.example/sach?tep=ngo.pdf", "link"),
        ("https://kho-mau.example/sach#ngo.pdf", "link"),
        ("https://kho-mau.pdf", "link"),
        ("https://kho-mau.example/ngo.pdf/binh-luan", "link"),
        ("https://kho-mau.example/", "link"),
        ("", "link"),
    ],
)
def test_the_ending_of_its_path_tells(address, form):
    assert RenditionForm.of_address(address) == form
