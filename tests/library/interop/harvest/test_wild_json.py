"""JSON of the wild, and what is sent in its place."""

import pytest

from library.interop.wild_json import is_web_page


@pytest.mark.parametrize(
    ("content", "is_page"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"\xef\xbb\xbf\n<!-- xin --> <!-- chao -->\n<HTML lang=vi>", True),
        (b"<head>", True),
        (b"<feed>", False),
        (b'{"a": "<html>"}', False),
        (b"ten;tac gia\n<html>", False),
    ],
)
def test_a_web_page_is_known_by_its_beginning(content, is_page):
    assert is_web_page(content) == is_page


def test_comments_without_an_end_are_looked_at_once():
    assert not is_web_page(b"<!---->" * 280 + b"x")
