"""The form of a resource: five tabs, and beside each field what a source says otherwise."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from ..domain.overlay import corrections
from .forms import LicenceInput, ResourceForm
from .renditions import RenditionForm, RenditionFormSet

LIST_NAMES = {"contributions": "creators", "renditions": "links"}  # of a relation -> in a description


def _corrections(resource):
    """Read once a form, though every panel asks."""
    if not hasattr(resource, "_corrections"):
        resource._corrections = corrections(resource) if resource.pk else {}
    return resource._corrections


class SourceNote:
    """For bound panels: what the source says, when the catalogue says otherwise; else None."""

    @cached_property
    def source_says(self):
        return _corrections(self.instance).get(self.described_name)


class Described(FieldPanel):
    class BoundPanel(SourceNote, FieldPanel.BoundPanel):
        template_name = "library/admin/described_field.html"

        @property
        def described_name(self):
            return self.field_name


class DescribedList(InlinePanel):
    class BoundPanel(SourceNote, InlinePanel.BoundPanel):
        template_name = "library/admin/described_list.html"

        @property
        def described_name(self):
            return LIST_NAMES.get(self.panel.relation_name, self.panel.relation_name)


class RenditionList(DescribedList):
    """Wagtail offers no other way to give the rows of an InlinePanel a form of their own."""

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": RenditionForm, "formset": RenditionFormSet}
        return options


class RecordsPanel(Panel):
    """What collections say of the resource, and since when: to be read, not to be changed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "library/admin/records.html"

        def is_shown(self):
            return bool(self.instance and self.instance.pk)

        @cached_property
        def records(self):
            return list(self.instance.records.all())


def _text(name: str, rows: int) -> Described:
    return Described(name, widget=AdminAutoHeightTextInput(attrs={"rows": rows}))


RESOURCE_FORM = TabbedInterface(
    [
        ObjectList(
            [
                Described("title"),
                _text("alternative_titles", 2),
                _text("abstract", 3),
                DescribedList(
                    "contributions",
                    heading=_("Creators"),
                    label=_("Creator"),
                    help_text=_("In the order of the title page: who wrote, translated or drew it."),
                    panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("role")])],
                ),
                MultiFieldPanel(
                    [FieldRowPanel([Described("publisher"), Described("year")])], heading=_("Publication")
                ),
                MultiFieldPanel(
                    [Described("language"), Described("other_languages")], heading=_("Languages")
                ),
                DescribedList(
                    "identifiers",
                    heading=_("Identifiers"),
                    label=_("Identifier"),
                    help_text=_(
                        "The numbers printed in it. They tell that two descriptions are of one thing."
                    ),
                    panels=[FieldRowPanel([FieldPanel("scheme"), FieldPanel("value")])],
                ),
            ],
            heading=_("Description"),
        ),
        ObjectList(
            [
                RenditionList(
                    "renditions",
                    heading=_("Files and links"),
                    label=_("File or link"),
                    help_text=_(
                        "The first one is what readers open. Give a file or an address, one of the two."
                    ),
                    panels=[
                        FieldRowPanel([FieldPanel("form"), FieldPanel("label"), FieldPanel("language")]),
                        FieldPanel("url"),
                        FieldPanel("file"),
                        FieldPanel("captions"),
                        FieldPanel("transcript"),
                    ],
                ),
                MultiFieldPanel(
                    [FieldRowPanel([Described("page_count"), Described("duration_minutes")])],
                    heading=_("How long it is"),
                ),
            ],
            heading=_("Files and links"),
        ),
        ObjectList(
            [
                Described("kind"),
                Described("subjects"),
                Described("tags"),
                MultiFieldPanel(
                    [
                        FieldRowPanel([Described("level"), Described("audience")]),
                        FieldRowPanel([Described("age_from"), Described("age_to")]),
                    ],
                    heading=_("For whom"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("place"),
                        FieldRowPanel([FieldPanel("season_from"), FieldPanel("season_to")]),
                    ],
                    heading=_("When and where"),
                ),
            ],
            heading=_("How it is found"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [Described("licence", widget=LicenceInput), Described("rights_holder")],
                    heading=_("Rights"),
                ),
                MultiFieldPanel(
                    [Described("visibility"), FieldPanel("embargo_until")], heading=_("Who may see it")
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("reviewer"), FieldPanel("reviewed_on")]),
                        FieldPanel("valid_until"),
                    ],
                    heading=_("Can it be trusted"),
                ),
            ],
            heading=_("Rights and validity"),
        ),
        ObjectList(
            [Described("source_url"), RecordsPanel(heading=_("Records of collections"))],
            heading=pgettext_lazy("library", "Source"),
        ),
    ],
    base_form_class=ResourceForm,
)
