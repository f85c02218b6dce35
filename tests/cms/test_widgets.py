import pytest

from django import forms
from django.test.html import parse_html

from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.test.utils.form_data import rich_text

from portal.cms.blocks.rich_text import FEATURES, TextBlock
from portal.cms.models import AlertBanner
from portal.cms.widgets import FilterSelect


class Filter(forms.Form):
    year = forms.ChoiceField(
        choices=[("", "Tất cả"), ("2025", "<2025>")], widget=FilterSelect, required=False
    )


def test_the_choice_asked_for_is_selected_and_labels_are_escaped():
    html = str(Filter({"year": "2025"})["year"])
    assert '<option value="2025" selected>&lt;2025&gt;</option>' in html
    assert html.count("selected") == 1


def test_it_draws_what_djangos_own_does():
    class Own(forms.Form):
        year = forms.ChoiceField(choices=Filter.base_fields["year"].choices, required=False)

    for data in ({}, {"year": "2025"}):
        assert parse_html(str(Filter(data)["year"])) == parse_html(str(Own(data)["year"]))


@pytest.mark.parametrize("end", ["", " ", "   ", "\u00a0 ", "<br/>"])
def test_a_text_that_is_only_opened_and_sent_again_has_not_changed(end):
    widget = TextBlock().field.widget
    raw = rich_text("<p>Hai xe.</p>", features=FEATURES).replace("xe.", f"xe.{end}")
    stored = widget.value_from_datadict({"text": raw}, {}, "text")

    assert "Hai xe." in stored
    assert widget.value_from_datadict({"text": widget.format_value(stored)}, {}, "text") == stored
    assert type(widget) is type(get_rich_text_editor_widget())


@pytest.mark.parametrize("empty", ["<p></p>", "<p> </p>", "<p>\u00a0</p><p></p>"])
def test_an_empty_paragraph_of_the_editor_is_no_text(empty):
    widget = TextBlock().field.widget
    raw = rich_text(empty, features=FEATURES)

    assert widget.value_from_datadict({"text": raw}, {}, "text") == ""


def test_an_urgent_notice_without_words_is_refused():
    form = AlertBanner.snippet_viewset.get_form_class()({"text": rich_text("<p></p>")})

    assert "text" in form.errors
