"""What the forms of librarians and editors share."""

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminPageForm

from portal.places.choices import communes_to_choose

from ..search.facets import read_search


class MonthField(forms.TypedChoiceField):
    """A month by its name, stored as 1 to 12; None for none."""

    def __init__(self, **kwargs):
        choices = [("", "---------"), *MONTHS.items()]
        super().__init__(choices=choices, coerce=int, empty_value=None, required=False, **kwargs)


class SeasonFields(forms.Form):
    """The two months of a `Seasonal`."""

    season_from = MonthField(label=_("Wanted from month"))
    season_to = MonthField(
        label=_("until month"), help_text=_("For example November to February. Leave both empty: all year.")
    )


class ShelfForm(SeasonFields, WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "commune" in self.fields:
            self.fields["commune"].queryset = communes_to_choose(self.instance.commune_id)

    def clean_saved_search(self):
        text = self.cleaned_data["saved_search"]
        if not text:
            return ""
        state = read_search(text)
        if state.is_plain:
            raise forms.ValidationError(
                _("This address holds no search. Search the library, then copy the address of the list.")
            )
        return state.url

    def clean(self):
        cleaned = super().clean()
        items = self.formsets.get("items")
        picked = items is not None and any(
            form.has_changed() or form.instance.pk for form in items.forms if form not in items.deleted_forms
        )
        if not picked and not cleaned.get("saved_search") and "saved_search" not in self.errors:
            self.add_error(None, _("Pick at least one resource, or give a saved search."))
        return cleaned
