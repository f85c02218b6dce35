"""Forms of a public notice: hanging it out, what people say to it, the answer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.web.visitors.forms import VisitorForm

from ..domain.council.notices import earliest_end
from ..models import NoticeFeedback, PublicNotice
from .meetings import day_input, paragraphs


class NoticeForm(forms.ModelForm):
    class Meta:
        model = PublicNotice
        fields = ["opens_on", "closes_on"]
        widgets = {"opens_on": day_input(), "closes_on": day_input()}
        help_texts = {
            "opens_on": _("The first day on which it hangs out."),
            "closes_on": _("The last day. Both days count."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial["opens_on"] = self.initial.get("opens_on") or today
        self.initial["closes_on"] = self.initial.get("closes_on") or earliest_end(self.instance.round, today)


class ProlongForm(forms.Form):
    closes_on = forms.DateField(label=_("Let it hang until"), widget=day_input())


class OpinionForm(VisitorForm):
    number = forms.IntegerField(
        label=_("Number in the list"),
        required=False,
        min_value=1,
        help_text=_("Only if it is about one of them."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ["number", "text", "contact"]

    class Meta:
        model = NoticeFeedback
        fields = ["text", "contact"]
        labels = {"text": _("What you want to say"), "contact": _("How we reach you")}
        help_texts = {
            "text": _("Please write no numbers of identity cards here."),
            "contact": _("Only needed if you want an answer. It is used for nothing else."),
        }
        error_messages = {
            "text": {"max_length": _("The text is too long. Please shorten it to 2,000 characters.")}
        }
        widgets = {"text": paragraphs()}

    def __init__(self, *args, numbers: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = numbers

    def clean_number(self):
        number = self.cleaned_data["number"]
        if number is not None and number not in self.numbers:
            raise forms.ValidationError(_("The list has no such number."))
        return number


class AnswerForm(forms.Form):
    reply = forms.CharField(
        label=_("Answer, or what was done"),
        max_length=2000,
        widget=paragraphs(3),
        help_text=_("It stays in the file. Who left a way to reach them is told by you."),
    )
