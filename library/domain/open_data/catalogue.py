"""What is open, as a catalogue of DCAT 3 in the shape of DCAT-AP, from which the draft profile of Vietnam comes too."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import is_valid_path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ...interop.dcat import Link, Text, Thing
from ...licences import explain
from ...models import OpenDataFile
from .files import DATASETS, MEDIA_TYPES, Dataset

AUTHORITY = "http://publications.europa.eu/resource/authority"  # the code lists of DCAT-AP
MEDIA_TYPE = "https://www.iana.org/assignments/media-types"
TITLE = _("Open data of the library")
ABOUT = _("The catalogue of the learning library, free to read and to take along.")


@dataclass(frozen=True)
class Service:
    """A way in for programs; `standard`: the address of what it keeps to; `described`: where it says so itself."""

    path: str
    title: str | Promise
    standard: str
    described: str = ""


SERVICES = (
    Service("/api/v1/", _("REST interface"), "https://spec.openapis.org/oas/v3.0.3", "/api/v1/openapi.json"),
    Service(
        "/oai",
        _("OAI-PMH 2.0"),
        "http://www.openarchives.org/OAI/openarchivesprotocol.html",
        "/oai?verb=Identify",
    ),
    Service("/sru", _("SRU"), "http://www.loc.gov/standards/sru/", "/sru?operation=explain"),
    Service("/opds", _("OPDS 1.2"), "https://specs.opds.io/opds-1.2"),
    Service("/opds/v2", _("OPDS 2.0"), "https://drafts.opds.io/opds-2.0"),
)


def services() -> list[Service]:
    """Those that this portal has."""
    return [each for each in SERVICES if is_valid_path(each.path)]


@dataclass(frozen=True)
class Publisher:
    """From the details of the site; what is not stated there is ""."""

    name: str
    email: str
    licence: str  # SPDX identifier

    @property
    def licence_address(self) -> str:
        return explain(self.licence).url if self.licence else ""


def catalogue(publisher: Publisher, root: str, files: Sequence[OpenDataFile]) -> Thing:
    """`root`: the address of the site without a slash at its end."""
    page = root + reverse("library:open_data")
    datasets = [_dataset(each, publisher, root, files) for each in DATASETS.values()]
    made = [each.made_at for each in files]
    values = {
        "dct:title": _in_languages(TITLE),
        "dct:description": _in_languages(ABOUT),
        "dct:publisher": _agent(publisher),
        "dct:license": _licence(publisher),
        "dct:language": [Link(f"{AUTHORITY}/language/VIE")],
        "dct:modified": [_moment(max(made))] if made else [],
        "foaf:homepage": [Link(page)],
        "dcat:dataset": datasets,
        "dcat:service": [_service(each, publisher, root) for each in services()],
    }
    return Thing("dcat:Catalog", values, f"{page}#danh-muc")


def _dataset(dataset: Dataset, publisher: Publisher, root: str, files: Sequence[OpenDataFile]) -> Thing:
    page = root + reverse("library:open_data")
    its_files = [each for each in files if each.dataset == dataset.slug]
    contact = {"vcard:fn": [Text(publisher.name)], "vcard:hasEmail": [Link(f"mailto:{publisher.email}")]}
    values = {
        "dct:title": _in_languages(dataset.title),
        "dct:description": _in_languages(dataset.description),
        "dct:identifier": [Text(dataset.slug)],
        "dct:publisher": _agent(publisher),
        "dct:license": _licence(publisher),
        "dct:language": [Link(f"{AUTHORITY}/language/VIE")],
        "dct:modified": [_moment(max(each.made_at for each in its_files))] if its_files else [],
        "dct:accrualPeriodicity": [Link(f"{AUTHORITY}/frequency/DAILY")],
        "dct:accessRights": [Link(f"{AUTHORITY}/access-right/PUBLIC")],
        "dcat:theme": [Link(f"{AUTHORITY}/data-theme/EDUC")],
        "dcat:landingPage": [Link(page)],
        "dcat:contactPoint": [Thing("vcard:Organization", contact)]
        if publisher.name and publisher.email
        else [],
        "dcat:distribution": [_distribution(each, dataset, publisher, root) for each in its_files],
    }
    return Thing("dcat:Dataset", values, _address_of(dataset, root))


def _address_of(dataset: Dataset, root: str) -> str:
    return f"{root}{reverse('library:open_data')}#{dataset.slug}"


def _distribution(file: OpenDataFile, dataset: Dataset, publisher: Publisher, root: str) -> Thing:
    address = root + reverse("library:open_data_file", args=[file.dataset, file.form])
    checksum = {
        "spdx:algorithm": [Link("http://spdx.org/rdf/terms#checksumAlgorithm_sha256")],
        "spdx:checksumValue": [Text(file.checksum, datatype="xsd:hexBinary")],
    }
    values = {
        "dct:title": [
            Text(f"{each.text} ({file.form.upper()})", each.language) for each in _in_languages(dataset.title)
        ],
        "dcat:accessURL": [Link(root + reverse("library:open_data"))],
        "dcat:downloadURL": [Link(address)],
        "dcat:mediaType": [Link(f"{MEDIA_TYPE}/{MEDIA_TYPES[file.form]}")],
        "dct:format": [Link(f"{AUTHORITY}/file-type/{file.form.upper()}")],
        "dcat:byteSize": [Text(str(file.size), datatype="xsd:nonNegativeInteger")],
        "dct:modified": [_moment(file.made_at)],
        "dct:license": _licence(publisher),
        "spdx:checksum": [Thing("spdx:Checksum", checksum)],
    }
    return Thing("dcat:Distribution", values, address)


def _service(service: Service, publisher: Publisher, root: str) -> Thing:
    values = {
        "dct:title": _in_languages(service.title),
        "dct:publisher": _agent(publisher),
        "dct:license": _licence(publisher),
        "dct:conformsTo": [Link(service.standard)],
        "dcat:endpointURL": [Link(root + service.path)],
        "dcat:endpointDescription": [Link(root + service.described)] if service.described else [],
        "dcat:servesDataset": [Link(_address_of(DATASETS["hoc-lieu"], root))],
    }
    return Thing("dcat:DataService", values, root + service.path)


def _agent(publisher: Publisher) -> list[Thing]:
    return [Thing("foaf:Agent", {"foaf:name": [Text(publisher.name)]})] if publisher.name else []


def _licence(publisher: Publisher) -> list[Link]:
    return [Link(publisher.licence_address)] if publisher.licence else []


def _moment(moment) -> Text:
    return Text(moment.isoformat(timespec="seconds"), datatype="xsd:dateTime")


def _in_languages(text: str | Promise) -> list[Text]:
    told = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            told.append(Text(str(text), language))
    return told
