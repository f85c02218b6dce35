"""allauth's forms in our words: it has no Vietnamese catalogue, and its placeholders repeat the labels."""

from allauth.account import forms as allauth

from django.utils.translation import gettext_lazy as _


class PlainFields:
    """Labels and helps of our own; what the fields check stays allauth's. Below: {field: (label, help text)}."""

    words = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            self.fields[name].label = label
            self.fields[name].help_text = help_text
            self.fields[name].widget.attrs.pop("placeholder", None)


class TwicePassword(PlainFields):
    def clean(self):
        cleaned_data = super(allauth.PasswordVerificationMixin, self).clean()
        first, second = cleaned_data.get("password1"), cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Please type the same one twice."))
        return cleaned_data


LENGTH = _("14 characters or more; four or five words that only you put together are easy to remember.")


class LoginForm(PlainFields, allauth.LoginForm):
    words = {"login": (_("Sign-in name or e-mail address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePasswordForm(TwicePassword, allauth.ChangePasswordForm):
    words = {
        "oldpassword": (_("Present password"), ""),
        "password1": (_("New password"), LENGTH),
        "password2": (_("New password once more"), ""),
    }


class ResetPasswordForm(PlainFields, allauth.ResetPasswordForm):
    words = {"email": (_("E-mail address"), "")}


class ResetPasswordKeyForm(TwicePassword, allauth.ResetPasswordKeyForm):
    words = {"password1": (_("New password"), LENGTH), "password2": (_("New password once more"), "")}
