"""`/sru`: the catalogue asked by other libraries (SRU 1.1, 1.2 and 2.0). Only translates."""

from collections.abc import Callable, Mapping

from lxml import etree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from wagtail.models import Site

from portal.cms.models import SiteDetails
from portal.search.selecting import MOST, EngineUnavailable, TooMany

from ...domain import catalogue_query
from ...domain.description import RELATED, describe
from ...domain.holding import holding_of
from ...interop import marc, to_dublin_core, to_marc
from ...interop.sru import answers, requests
from ...interop.sru.diagnostics import Diagnostic, SruProblem
from ...interop.sru.explaining import Database, explanation
from ...models import Resource

MEDIA_TYPES = {"1.1": "text/xml", "1.2": "text/xml", "2.0": "application/sru+xml"}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sru(request: HttpRequest) -> HttpResponse:
    """Programs are answered in the language of the site, whatever else they say they read."""
    parameters = dict((request.POST if request.method == "POST" else request.GET).lists())
    with override(settings.LANGUAGE_CODE):
        try:
            content = _answer(request, asked := requests.read(parameters))
        except SruProblem as problem:
            content = _refusal(request, asked := requests.as_it_came(parameters), problem.diagnostic)
    return HttpResponse(content, content_type=f"{MEDIA_TYPES[asked.version]}; charset=UTF-8")


def _refusal(request: HttpRequest, asked: requests.Request, diagnostic: Diagnostic) -> bytes:
    if asked.operation is requests.Operation.SEARCH:
        return answers.search_refusal(asked, diagnostic)
    return answers.explain_answer(asked, explanation(_database(request), asked.version), diagnostic)


def _answer(request: HttpRequest, asked: requests.Request) -> bytes:
    if asked.operation is requests.Operation.EXPLAIN:
        return answers.explain_answer(asked, explanation(_database(request), asked.version))
    try:
        found = catalogue_query.found(asked.query)
    except EngineUnavailable as error:
        raise SruProblem(2) from error
    except TooMany as error:
        raise SruProblem(60, MOST) from error
    count = found.count()
    if asked.start > max(count, 1):
        raise SruProblem(61, asked.start)
    first = asked.start - 1
    page = found.prefetch_related(*RELATED)[first : first + asked.maximum]
    write = RECORDS[asked.schema]
    records = [(str(one.pk), write(one, request.build_absolute_uri(one.get_absolute_url()))) for one in page]
    return answers.search_answer(
        asked, answers.Results(count, records, catalogue_query.counted(found, asked.facets))
    )


def _marc(resource: Resource, address: str) -> etree._Element:
    record = to_marc.write_description(describe(resource), holding_of(resource, address))
    return etree.fromstring(marc.record_as_xml(record))


def _dublin_core(resource: Resource, address: str) -> etree._Element:
    """The elements of the record of OAI-PMH, in the wrapping of SRU."""
    described = to_dublin_core.write_description(describe(resource), holding_of(resource, address))
    return answers.wrapped_dublin_core(etree.fromstring(described))


RECORDS: Mapping[requests.Schema, Callable[[Resource, str], etree._Element]] = {
    requests.MARCXML: _marc,
    requests.DC: _dublin_core,
}


def _database(request: HttpRequest) -> Database:
    details = SiteDetails.of(request)
    site = Site.find_for_request(request)
    owner = details.association_name or (site.site_name if site else "")
    return Database(
        address=request.build_absolute_uri(request.path),
        title=_("Library of %(owner)s") % {"owner": owner} if owner else _("Library"),
        description=_(
            "Learning resources that everybody may read, found with or without Vietnamese accents."
        ),
        contact=details.email,
    )
