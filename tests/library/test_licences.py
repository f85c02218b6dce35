"""What a reader is told about a licence."""

import pytest

from django.core.exceptions import ValidationError

from library.licences import explain, validate_licence


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-NC-3.0", "https://creativecommons.org/licenses/by-nc/3.0/"),
        ("CC-BY-SA-3.0-IGO", "https://creativecommons.org/licenses/by-sa/3.0/igo/"),
        ("CC-BY-NC-ND-4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("MIT", "https://spdx.org/licenses/MIT.html"),
        ("GPL-3.0-only", "https://spdx.org/licenses/GPL-3.0-only.html"),
        ("https://rightsstatements.org/vocab/NKC/1.0/", "https://rightsstatements.org/vocab/NKC/1.0/"),
        ("https://rightsstatements.org/vocab/InC/1.0/", "https://rightsstatements.org/vocab/InC/1.0/"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_each_kind_of_licence_leads_to_its_text(code, url):
    assert explain(code).url == url
    assert explain(code).link_only == (url == "")
    assert str(explain(code).explanation)


def test_terms_differ_in_what_they_allow():
    explanations = {
        str(explain(f"CC-{terms}-4.0").explanation)
        for terms in ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")
    }
    assert len(explanations) == 6


@pytest.mark.parametrize(
    "code", ["unknown", "CC-BY-4.0", "MIT", "https://rightsstatements.org/vocab/NKC/1.0/"]
)
def test_the_three_forms_are_accepted(code):
    validate_licence(code)


@pytest.mark.parametrize(
    "code", ["", "tự do", "CC BY 4.0", "https://example.org/licence", "javascript:x", "a"]
)
def test_anything_else_is_refused(code):
    with pytest.raises(ValidationError):
        validate_licence(code)
