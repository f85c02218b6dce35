from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from portal.cms.blocks import BodyBlock
from portal.cms.models import BasePage
from portal.cms.querysets import BasePageQuerySet
from portal.places.models import Place

from ..admin_forms import ShelfForm
from ..enums import ShelfOrder
from .resources import Resource
from .seasons import Seasonal, wanted_in

MOST = 48  # resources of a saved search on one shelf


class ShelfQuerySet(BasePageQuerySet):
    def of_season(self, month: int):
        """Those made for some months that the month is one of, newest first."""
        return self.filter(wanted_in(month)).order_by("-first_published_at", "-pk")


class ShelfIndexPage(BasePage):
    """All shelves, those of the season first."""

    parent_page_types = ["library.LibraryPage"]
    subpage_types = ["library.Shelf"]
    page_description = _("The list of all shelves.")
    template = "library/shelf_index_page.html"
    max_count_per_parent = 1
    schema_type = "CollectionPage"

    class Meta:
        verbose_name = _("list of shelves")
        verbose_name_plural = _("lists of shelves")

    def get_context(self, request, *args, **kwargs):
        shelves = Shelf.objects.child_of(self).live().public()
        seasonal = list(shelves.of_season(timezone.localdate().month).select_related("cover", "commune"))
        others = shelves.exclude(pk__in=[each.pk for each in seasonal]).select_related("cover", "commune")
        return super().get_context(request, *args, **kwargs) | {
            "seasonal": seasonal,
            "others": list(others.order_by("-first_published_at", "-pk")),
        }


class Shelf(Seasonal, BasePage):
    """Resources that an editor puts together: picked by hand, or what a search finds whenever the page is read."""

    parent_page_types = ["library.ShelfIndexPage"]
    subpage_types = []
    page_description = _("Resources on one matter, picked by hand or by a saved search.")
    template = "library/shelf_page.html"
    schema_type = "CollectionPage"
    base_form_class = ShelfForm

    cover = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("introduction"))
    saved_search = models.CharField(
        _("saved search"),
        max_length=500,
        blank=True,
        help_text=_(
            "Search the library, narrow the list until it is right, then copy the address of the list into this "
            "field. What is found later stands on the shelf by itself."
        ),
    )
    order = models.CharField(
        _("order of what is found"), max_length=10, choices=ShelfOrder.choices, default=ShelfOrder.NEWEST
    )
    most = models.PositiveSmallIntegerField(
        _("how many at most"), default=12, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    commune = models.ForeignKey(
        Place,
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only when the shelf is for one commune."),
    )

    objects = PageManager.from_queryset(ShelfQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("cover"),
        FieldPanel("body"),
        InlinePanel(
            "items",
            heading=_("Picked by hand"),
            label=_("Resource"),
            panels=[FieldPanel("resource"), FieldPanel("note")],
        ),
        MultiFieldPanel(
            [FieldPanel("saved_search"), FieldRowPanel([FieldPanel("order"), FieldPanel("most")])],
            heading=_("Found by a saved search"),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("season_from"), FieldPanel("season_to")]), FieldPanel("commune")],
            heading=_("When and where"),
        ),
    ]

    class Meta:
        verbose_name = _("shelf")
        verbose_name_plural = _("shelves")
        constraints = [*Seasonal.Meta.constraints]

    def pictures(self):
        return [*super().pictures(), *([self.cover] if self.cover else [])]

    def get_context(self, request, *args, **kwargs):
        from ..domain.shelves import on_shelf  # which asks the search

        return super().get_context(request, *args, **kwargs) | {"items": on_shelf(self)}

    def search_text(self):
        """Also the notes of the editor."""
        return "\n".join(filter(None, [super().search_text(), *(each.note for each in self.items.all())]))


class ShelfItem(models.Model):
    """A resource that an editor put on a shelf, and why."""

    shelf = ParentalKey(Shelf, on_delete=models.CASCADE, related_name="items")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="+", verbose_name=_("resource")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Why it is worth reading, or how to use it.")
    )

    sort_order_field = "sort_order"  # read by modelcluster when the editor moves rows

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("resource on a shelf")
        verbose_name_plural = _("resources on shelves")
        constraints = [
            models.UniqueConstraint(fields=["shelf", "resource"], name="library_resource_once_on_a_shelf")
        ]

    def __str__(self):
        return f"{self.shelf_id}: {self.resource_id}"
