"""The form "Ask the library"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.visitors.forms import VisitorForm

from .models import Enquiry


class EnquiryForm(VisitorForm):
    class Meta:
        model = Enquiry
        fields = ["question", "reply_to"]
        labels = {"question": _("What are you looking for?"), "reply_to": _("Your e-mail")}
        help_texts = {
            "question": _(
                "Say it in your own words: for whom, about what. Please write no numbers of identity cards here."
            ),
            "reply_to": _("Only needed if you want an answer. It is used for nothing else."),
        }
        error_messages = {
            "question": {"max_length": _("The question is too long. Please shorten it to 2,000 characters.")}
        }
        widgets = {
            "question": forms.Textarea(attrs={"rows": 5}),
            "reply_to": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
