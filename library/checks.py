"""What must hold before the site starts."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register
from django.core.files.storage import storages


@register
def files_have_no_address(app_configs, **kwargs):
    """A web server serves MEDIA_ROOT to everybody: files of the library must lie elsewhere."""
    library, uploads = Path(storages["library"].location).resolve(), Path(settings.MEDIA_ROOT).resolve()
    if library == uploads or uploads in library.parents:
        hint = "Set LIBRARY_ROOT to a folder outside MEDIA_ROOT."
        return [Error("Files of the library could be reached by address.", hint=hint, id="library.E001")]
    return []
