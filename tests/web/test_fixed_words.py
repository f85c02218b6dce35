"""The quick `translate` draws what Django's own does."""

import pytest

from django.template import Context, Engine
from django.utils.translation import override

OURS = Engine(libraries={"i18n": "portal.web.templatetags.fixed_words"})
DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})
TEMPLATES = [
    '{% translate "Search" %}',
    "{% trans 'Search' %}",
    '{% translate "Found" context "library" %}',
    '{% translate "Found" context kind %}',
    '{% translate "Search" as words %}<b title="{{ words }}">',
    '{% translate "No such words: 100% <b>&amp;</b>" %}',
    '{% translate "No such words: 100% <b>" as words %}{{ words }}',
    '{% translate "Search" noop %}',
    '{% translate "Search"|upper %}',
    "{% translate word %}",
    '{% translate "" %}',
]


@pytest.mark.parametrize("text", TEMPLATES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_draws_what_djangos_own_does(text, language):
    with override(language):
        drawn = [
            engine.from_string("{% load i18n %}" + text).render(
                Context({"word": "Search", "kind": "library"})
            )
            for engine in (OURS, DJANGOS)
        ]

    assert drawn[0] == drawn[1]


def test_the_language_is_that_of_the_reader_not_of_whoever_came_first():
    template = OURS.from_string('{% load i18n %}{% translate "Search" %}')
    with override("vi"):
        vietnamese = template.render(Context())
    with override("en"):
        assert template.render(Context()) == "Search" != vietnamese


@pytest.mark.parametrize("text", ["{% translate %}", '{% translate "a" as %}', '{% translate "a" bogus %}'])
def test_a_mistake_in_a_template_is_told_as_by_django(text):
    for engine in (OURS, DJANGOS):
        with pytest.raises(Exception, match="translate"):
            engine.from_string("{% load i18n %}" + text)
