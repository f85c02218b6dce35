"""The form of the contact page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from home.models.contact import ContactMessage
from portal.web.visitors.forms import VisitorForm


class ContactForm(VisitorForm):
    class Meta:
        model = ContactMessage
        fields = ["name", "reply_to", "subject", "body"]
        labels = {
            "name": _("Your name"),
            "reply_to": _("E-mail or telephone"),
            "subject": _("What it is about"),
            "body": _("Your message"),
        }
        help_texts = {
            "reply_to": _("Only needed if you want an answer. It is used for nothing else."),
            "body": _("Please do not write numbers of identity cards or bank accounts here."),
        }
        error_messages = {
            "body": {"max_length": _("The message is too long. Please shorten it to 5,000 characters.")}
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "body": forms.Textarea(attrs={"rows": 8}),
        }
