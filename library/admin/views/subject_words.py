"""The admin's page of the words by which collections say what records are about: our subjects are chosen for them here."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wagtail.log_actions import log

from portal.text import fold

from ...domain.harvesting import subject_words
from ...harvest_tasks import classify_again
from ...models import Source, Subject
from ..forms import SubjectChoices
from .sources import SourceDesk

A_PAGE = 50
AT_ONCE = 1000  # records: up to here the request itself classifies them anew, beyond it the job worker


class SubjectChoice(forms.ModelChoiceField):
    """One of the tree, narrower subjects set in."""

    label_from_instance = SubjectChoices.label_from_instance


class WordFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Word"), required=False)
    show = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("All")), ("without", gettext_lazy("Without a subject of ours"))],
    )


class SubjectForm(forms.Form):
    subject = SubjectChoice(
        label=gettext_lazy("Our subject"),
        queryset=Subject.objects.all(),
        required=False,
        empty_label=gettext_lazy("(none: the word stays a tag)"),
    )


class WordsPage(SourceDesk):
    """Of one collection, or of all of them. POST: `pick` are words, `subject` the number of ours."""

    template_name = "library/admin/subject_words.html"
    page_title = gettext_lazy("Subjects for their words")
    header_icon = "tag"
    mistake = ""

    @cached_property
    def only(self) -> Source | None:
        return self.source if "pk" in self.kwargs else None

    @cached_property
    def words(self) -> list[subject_words.Word]:
        return subject_words.words(self.only)

    def _found(self, chosen: WordFilter) -> list[subject_words.Word]:
        chosen.is_valid()
        wanted = fold(chosen.cleaned_data.get("q", "")).split()
        found = [word for word in self.words if all(part in word.key for part in wanted)]
        if chosen.cleaned_data.get("show") == "without":
            found = [word for word in found if word.subject is None]
        return found

    def get_context_data(self, **kwargs):
        chosen = WordFilter(self.request.GET)
        query = self.request.GET.copy()
        query.pop("p", None)
        query = query.urlencode()
        return super().get_context_data(**kwargs) | {
            "source": self.only,
            "filter": chosen,
            "rows": Paginator(self._found(chosen), A_PAGE).get_page(self.request.GET.get("p")),
            "without": sum(word.subject is None for word in self.words),
            "query": f"{query}&" if query else "",
            "form": SubjectForm(self.request.POST or None),
            "ticked": self.request.POST.getlist("pick"),
            "mistake": self.mistake,
        }

    def post(self, request, *args, **kwargs):
        form, keys = SubjectForm(request.POST), request.POST.getlist("pick")
        if not keys:
            self.mistake = _("Tick at least one word.")
        if self.mistake or not form.is_valid():
            return self.get(request, *args, **kwargs)
        self._choose(keys, form.cleaned_data["subject"])
        query = request.GET.urlencode()
        return redirect(f"{request.path}{'?' if query else ''}{query}")

    def _choose(self, keys: list[str], subject: Subject | None) -> None:
        meant = [word for word in self.words if word.key in set(keys)]
        subject_words.choose(keys, subject, self.only)
        data = {"words": [word.text for word in meant], "subject": subject.name if subject else ""}
        before = next((word.subject for word in meant if word.subject), None)
        if instance := self.only or subject or before:
            log(instance=instance, action="library.map_subjects", data=data)
        if sum(word.records for word in meant) > AT_ONCE:
            classify_again.enqueue(keys, self.only.pk if self.only else None)
            messages.success(
                self.request, _("The choice is kept. The records that are here already follow in a while.")
            )
            return
        number = subject_words.apply(keys, self.only)
        messages.success(
            self.request,
            ngettext(
                "The choice is kept. %(number)s record was changed by it.",
                "The choice is kept. %(number)s records were changed by it.",
                number,
            )
            % {"number": number},
        )
