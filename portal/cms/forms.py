"""Forms of the editors' side."""

from django.utils.translation import gettext_lazy as _

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .fields import CheckedImageFormField
from .uploads import DOCUMENTS, check


class PortalImageForm(BaseImageForm):
    """Wagtail makes the form field of the file itself, so it is exchanged here (WAGTAILIMAGES_IMAGE_FORM_BASE)."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            plain = self.fields["file"]
            self.fields["file"] = CheckedImageFormField(
                label=plain.label, required=plain.required, widget=plain.widget, initial=plain.initial
            )
        if "description" in self.fields:
            self.fields["description"].error_messages["required"] = _(
                "Say in one sentence what the picture shows, for people who cannot see it; then choose the file again."
            )


class PortalDocumentForm(BaseDocumentForm):
    """A document is what its content says (WAGTAILDOCS_DOCUMENT_FORM_BASE)."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        return check(file, DOCUMENTS).file if "file" in self.changed_data else file
