"""Forms of the Wagtail admin for people and their grants."""

import datetime

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserForm

from portal.accounts.models import Grant, User
from portal.places.enums import COMMUNE_KINDS, DISTRICT_KINDS, PlaceKind
from portal.places.models import Place


class PersonForm(UserForm):
    """Wagtail's user form with one field for the name, and without groups: rights come from grants alone."""

    email = forms.EmailField(
        label=_("E-mail address"), required=False, help_text=_("For a forgotten password.")
    )
    first_name = last_name = is_superuser = None

    class Meta:
        model = User
        fields = ("username", "full_name", "email")

    def __init__(self, *args, **kwargs):
        self.editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)


class PersonEditForm(PersonForm):
    password_required = False

    class Meta(PersonForm.Meta):
        fields = ("username", "full_name", "email", "is_active")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.editing_self:
            del self.fields["is_active"]


class OwnAccountForm(NameEmailForm):
    """What a person changes about themselves in the Wagtail admin."""

    first_name = last_name = None
    email = forms.EmailField(label=_("E-mail address"), required=False)

    class Meta:
        model = User
        fields = ("full_name", "email")


class GrantForm(WagtailAdminModelForm):
    """Places of today for the choice, and the one the grant has already. Villages are too small to be granted.

    Of a grant that has begun only the last day may change, and not to a day on which the rights were still held.
    """

    class Meta(WagtailAdminModelForm.Meta):  # brings the widgets of the admin: a calendar for each date
        model = Grant
        fields = ("user", "role", "place", "valid_from", "valid_to")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        kinds = (PlaceKind.PROVINCE, *DISTRICT_KINDS, *COMMUNE_KINDS)
        current = Place.objects.of_kinds(kinds, today).values("pk")
        self.fields["place"].queryset = Place.objects.filter(Q(pk__in=current) | Q(pk=self.instance.place_id))
        self.fields["user"].queryset = User.objects.order_by("sort_key", "username")
        if self.instance.pk and self.instance.has_begun:
            for name in ("user", "role", "place", "valid_from"):
                self.fields[name].disabled = True
            self.fields["valid_to"].disabled = self._has_ended()

    def _has_ended(self):
        return self.instance.valid_to is not None and self.instance.valid_to < timezone.localdate()

    def clean_valid_to(self):
        last_day = self.cleaned_data["valid_to"]
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        if last_day and last_day < yesterday and "valid_to" in self.changed_data:
            raise forms.ValidationError(
                _("The role was held until today: choose yesterday to end it at once, or a later day.")
            )
        return last_day
