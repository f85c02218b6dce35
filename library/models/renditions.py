from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from portal.places.fields import DerivedTextField

from ..enums import Language, RenditionForm, RenditionPurpose
from ..identifiers import plain_address
from .labels import label_of
from .resources import WEB_ADDRESS, Resource
from .text import NormalisedText


def private_storage():
    """Where files of the library lie: no address leads there, the views of the library hand them out."""
    return storages["library"]


def path_of_file(rendition: "Rendition", name: str) -> str:
    """ "12/name.pdf": a folder a resource."""
    return f"{rendition.resource_id}/{name}"


class PlainAddressField(DerivedTextField):
    """The same for two addresses that lead to one page."""

    def derive(self, text):
        try:
            return plain_address(text)
        except ValueError:  # "http://[": it leads nowhere
            return text


class Rendition(NormalisedText):
    """One way to have a resource: a file of ours, or a link to where it lies. The first original is the main one."""

    resource = ParentalKey(Resource, on_delete=models.CASCADE, related_name="renditions")
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)
    form = models.CharField(_("form"), max_length=10, choices=RenditionForm.choices)
    purpose = models.CharField(
        _("purpose"),
        max_length=10,
        choices=RenditionPurpose.choices,
        default=RenditionPurpose.ORIGINAL,
        editable=False,
    )
    url = models.URLField(
        _("address"),
        max_length=1000,
        blank=True,
        validators=[WEB_ADDRESS],
        help_text=_("The page or file that readers open, beginning with https://"),
    )
    plain_url = PlainAddressField(source="url", db_index=False)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=path_of_file, max_length=300, blank=True
    )
    label = models.CharField(
        _("label"), max_length=100, blank=True, help_text=_("When there are several: “Part 1”, “In Tày”.")
    )
    language = models.CharField(_("language"), max_length=3, choices=Language.choices, blank=True)
    media_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("size"), null=True, blank=True, editable=False)  # bytes
    checksum = models.CharField(max_length=64, blank=True, editable=False)  # SHA-256, hex
    captions = models.FileField(
        _("captions"),
        storage=private_storage,
        upload_to=path_of_file,
        max_length=300,
        blank=True,
        help_text=_("Subtitles of a video or recording, a file that ends in .vtt"),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("What is said in it, for those who cannot hear or download it."),
    )
    made_from = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="made",
        db_index=False,
    )

    sort_order_field = "sort_order"  # read by modelcluster when the editor moves rows

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("file or link")
        verbose_name_plural = _("files and links")
        # Nearly all are links: what only files have is not noted of them.
        indexes = [
            models.Index(fields=["plain_url"], name="library_rendition_plain_url"),
            models.Index(
                fields=["checksum"], condition=~models.Q(checksum=""), name="library_rendition_checksum"
            ),
            models.Index(
                fields=["made_from"],
                condition=models.Q(made_from__isnull=False),
                name="library_rendition_made_from",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(url="") & ~models.Q(file="")) | (~models.Q(url="") & models.Q(file="")),
                name="library_rendition_a_file_or_a_link",
                violation_error_message=_("Give a file or an address, one of the two."),
            ),
            models.CheckConstraint(
                condition=models.Q(purpose=RenditionPurpose.ORIGINAL, made_from__isnull=True)
                | (~models.Q(purpose=RenditionPurpose.ORIGINAL) & ~models.Q(file="")),
                name="library_rendition_made_by_the_portal_is_a_file",
            ),
        ]

    get_form_display = label_of(RenditionForm, "form")

    def __str__(self):
        return self.label or self.get_form_display()

    @property
    def is_ours(self) -> bool:
        """A file of the portal, which it can show; else a link."""
        return bool(self.file)

    @property
    def address(self) -> str:
        """Of a link; the address of a file is for the views of the library to give."""
        return self.url

    def address_below(self, page: str) -> str:
        """Of a link, or of a file; `page`: the whole address of the page of its resource."""
        return self.url or f"{page}/tep/{self.pk}"
