"""`/r/<id>/tep/...`: the files of a resource, for those who may see it; nothing else leads to them."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from portal.cms.filenames import ascii_name

from ..counting import count
from ..enums import RenditionForm, UsageKind
from ..models import Rendition, Resource
from .access import file_of, refusal
from .ranges import send_file

# What a browser shows by itself without running anything of it; the rest is for keeping.
SHOWN = {RenditionForm.PDF, RenditionForm.IMAGE, RenditionForm.AUDIO, RenditionForm.VIDEO}
KEPT_SECONDS = 24 * 60 * 60
EMBEDDED = {
    "audio",
    "image",
    "video",
}  # Sec-Fetch-Dest of what a page shows: whoever opened that page was counted


@require_safe
def rendition_file(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponseBase:
    """The file itself; `?tai=1` to keep it instead of looking at it."""
    rendition = file_of(pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    path = _present(rendition.file)
    if _is_a_download(request):
        count(request, pk, UsageKind.REQUEST)
    response = send_file(
        request,
        path,
        media_type=rendition.media_type or "application/octet-stream",
        etag=rendition.checksum,
        name=_name_for_keeping(rendition, path),
        attachment="tai" in request.GET or rendition.form not in SHOWN,
    )
    return kept_as_allowed(response, rendition.resource)


def _is_a_download(request: HttpRequest) -> bool:
    """Its beginning: neither the rest of one that broke off, nor what a player or a page fetches for itself."""
    begins = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
    return begins and request.headers.get("Sec-Fetch-Dest") not in EMBEDDED


@require_safe
def captions_file(request: HttpRequest, pk: int, rendition_pk: int) -> HttpResponseBase:
    """The subtitles of a recording."""
    rendition = file_of(pk, rendition_pk)
    if refused := refusal(request, rendition.resource):
        return refused
    if not rendition.captions:
        raise Http404
    path = _present(rendition.captions)
    etag = f"{path.stat().st_mtime_ns:x}-{path.stat().st_size:x}"
    response = send_file(request, path, media_type="text/vtt; charset=utf-8", etag=etag)
    return kept_as_allowed(response, rendition.resource)


def kept_as_allowed(response: HttpResponseBase, resource: Resource) -> HttpResponseBase:
    """No cache but the reader's own keeps it, and what is not for everybody is asked for anew each time: computers of a
    commune office are shared."""
    kept = f"private, max-age={KEPT_SECONDS}"
    response["Cache-Control"] = kept if resource.is_public else "private, no-cache"
    return response


def _present(file) -> Path:
    path = Path(file.path)
    if not path.is_file():
        raise Http404
    return path


def _name_for_keeping(rendition: Rendition, path: Path) -> str:
    """ "trong-ngo.pdf": the title says more than the name under which it was sent."""
    return ascii_name(f"{rendition.resource.title.replace('/', ' ').replace('.', ' ')}{path.suffix}")
