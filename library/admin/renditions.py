"""Files and links of a resource in the admin: a file says by its content what it is."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from modelcluster.forms import BaseChildFormSet
from wagtail.admin.forms import WagtailAdminModelForm

from portal.cms.uploads import RESOURCES, Group, UploadRefused, check

from ..domain.renditions import fill
from ..enums import RenditionForm as Form
from ..enums import RenditionPurpose
from ..reader import ffmpeg


class StoredFileInput(forms.FileInput):
    """Leads to the file through the view that knows who may see it; Django's own would link to the uploads."""

    def __init__(self, view: str, **kwargs):
        self.view = view
        super().__init__(**kwargs)

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.view = self.view
        return copy

    def render(self, name, value, attrs=None, renderer=None):
        chooser = super().render(name, value, attrs, renderer)
        stored = getattr(value, "instance", None)
        if not value or stored is None or not stored.pk:
            return chooser
        address = reverse(self.view, args=[stored.resource_id, stored.pk])
        shown = value.name.rpartition("/")[2]
        return format_html(
            '<p><a href="{}">{}</a> ({})</p>{}', address, shown, filesizeformat(value.size), chooser
        )


class RenditionForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].required = False
        self.fields["form"].help_text = _("May be left empty: the file or the address tells.")
        self.fields["file"].widget = StoredFileInput("library:file")
        if not ffmpeg.is_there():
            self.fields["file"].help_text = _(
                "Recordings get no light versions: ffmpeg is not installed on this server. Whoever looks after it can add it."
            )
        self.fields["captions"].widget = StoredFileInput("library:captions", attrs={"accept": ".vtt"})

    def clean_captions(self):
        captions = self.cleaned_data["captions"]
        if captions and "captions" in self.changed_data:
            return check(captions, {Group.CAPTIONS}).file
        return captions

    def clean(self):
        cleaned = super().clean()
        url, file = cleaned.get("url"), cleaned.get("file")
        if file and "file" in self.changed_data:
            try:
                checked = check(file, RESOURCES)
            except UploadRefused as refusal:
                self.add_error("file", refusal)
            else:
                fill(self.instance, checked)
                cleaned |= {"file": checked.file, "form": self.instance.form}
        elif file:
            cleaned["form"] = self.instance.form
        elif url and not cleaned.get("form"):
            cleaned["form"] = Form.of_address(url)
        return cleaned


class RenditionFormSet(BaseChildFormSet):
    """The originals: what the portal made of them comes and goes with them."""

    def __init__(self, data=None, files=None, instance=None, queryset=None, **kwargs):
        if queryset is None and instance is not None:
            queryset = instance.renditions.filter(purpose=RenditionPurpose.ORIGINAL)
        super().__init__(data, files, instance=instance, queryset=queryset, **kwargs)

    def save(self, commit=True):
        gone = {form.instance.pk for form in self.deleted_forms if form.instance.pk}
        made = [each for each in self.instance.renditions.all() if each.made_from_id in gone]
        self.instance.renditions.remove(*made)
        return super().save(commit=commit)
