"""What must hold before the site starts."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, register
from django.core.files.storage import storages

from .domain.offering.identity import E_MAIL


@register
def files_have_no_address(app_configs, **kwargs):
    """A web server serves MEDIA_ROOT to everybody: files of the library must lie elsewhere."""
    library, uploads = Path(storages["library"].location).resolve(), Path(settings.MEDIA_ROOT).resolve()
    if library == uploads or uploads in library.parents:
        hint = "Set LIBRARY_ROOT to a folder outside MEDIA_ROOT."
        return [Error("Files of the library could be reached by address.", hint=hint, id="library.E001")]
    return []


@register
def harvesters_can_write_to_us(app_configs, **kwargs):
    """With another address the public validator of OAI-PMH refuses the whole repository."""
    if settings.OAI_ADMIN_EMAIL and not E_MAIL.fullmatch(settings.OAI_ADMIN_EMAIL):
        hint = "Set OAI_ADMIN_EMAIL to an address such as library@example.org, without + and with at least two letters before @."
        return [Error("OAI_ADMIN_EMAIL is no address that harvesters accept.", hint=hint, id="library.E002")]
    return []
