"""OAI-PMH 2.0: what the repository says of itself (clause 11 of the conformance list of the research note)."""

import pytest

from django.core.checks import run_checks
from django.utils import timezone

from wagtail.models import Site

from library.domain.offering import identity
from library.interop.oai import requests
from library.models import Source
from portal.cms.models import SiteDetails
from tests.factories.library import ResourceFactory

from .answers import SECONDS, offer

pytestmark = pytest.mark.django_db
DESCRIPTION = "{http://www.openarchives.org/OAI/2.0/%s}%s"


def test_clause_11_identify_tells_scheme_rights_and_contact(harvester, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://khuyenhoc.example"
    settings.OAI_ADMIN_EMAIL = "thuvien@khuyenhoc.example"
    SiteDetails.objects.create(site=Site.objects.get(is_default_site=True), data_licence="CC0-1.0")
    made = ResourceFactory()
    offer()
    answer = harvester("Identify")
    scheme, sample, rights = (
        next(answer.root.iter(DESCRIPTION % pair))
        for pair in (
            ("oai-identifier", "repositoryIdentifier"),
            ("oai-identifier", "sampleIdentifier"),
            ("rights/", "rightsReference"),
        )
    )
    assert scheme.text == "khuyenhoc.example"
    assert sample.text.startswith("oai:khuyenhoc.example:")
    assert rights.get("ref") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert answer.text("adminEmail") == "thuvien@khuyenhoc.example"
    (identifier,) = harvester("ListIdentifiers", metadataPrefix="oai_dc").texts("identifier")
    assert identifier == f"oai:khuyenhoc.example:{made.pk}"
    assert answer.text("granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert SECONDS.fullmatch(answer.text("earliestDatestamp"))


def test_clause_11_friends_only_when_there_are_any(harvester):
    friend = DESCRIPTION % ("friends/", "baseURL")
    assert not list(harvester("Identify").root.iter(friend))
    Source.objects.create(name="Kho mẫu", protocol="oai", url="https://kho.example/oai/request")
    Source.objects.create(name="Kho khác", protocol="sru", url="https://khac.example/sru")
    found = [each.text for each in harvester("Identify").root.iter(friend)]
    assert found == ["https://kho.example/oai/request"]


def test_clause_11_a_repository_of_our_own_network_is_not_told(harvester, settings):
    settings.HARVEST_ALLOWED_HOSTS = ["10.0.0.5:8080"]
    Source.objects.create(name="Kho trong nhà", protocol="oai", url="http://10.0.0.5:8080/oai")
    assert not list(harvester("Identify").root.iter(DESCRIPTION % ("friends/", "baseURL")))


def test_clause_11_no_rights_are_told_when_none_were_chosen(harvester):
    assert not list(harvester("Identify").root.iter(DESCRIPTION % ("rights/", "rightsManifest")))


@pytest.mark.parametrize(
    "wrong", ["a@thu-vien.example", "thu+vien@thu-vien.example", "thuvien@localhost", ""]
)
def test_clause_11_an_address_that_the_validator_refuses_is_never_told(harvester, settings, wrong):
    settings.OAI_ADMIN_EMAIL = settings.DEFAULT_FROM_EMAIL = wrong
    assert identity.E_MAIL.fullmatch(harvester("Identify").text("adminEmail"))


def test_clause_11_the_check_of_the_settings_refuses_such_an_address(settings):
    settings.OAI_ADMIN_EMAIL = "a@thu-vien.example"
    assert "library.E002" in [each.id for each in run_checks()]
    for good in ("", "thuvien@thu-vien.example"):
        settings.OAI_ADMIN_EMAIL = good
        assert "library.E002" not in [each.id for each in run_checks()]


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://KhuyenHoc.example:8443/", "khuyenhoc.example"),
        ("http://localhost:8000", "localhost.localdomain"),
        ("http://127.0.0.1:8000", "localhost.localdomain"),
    ],
)
def test_clause_11_identifiers_belong_to_a_domain(address, domain):
    assert requests.repository_identifier(address) == domain


def test_clause_11_nothing_is_offered_yet_and_identify_still_answers(harvester):
    earliest = harvester("Identify").text("earliestDatestamp")
    assert earliest.startswith(f"{timezone.now():%Y}")
