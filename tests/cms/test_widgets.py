from django import forms
from django.test.html import parse_html

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
