"""Harvest ourselves as another library would, and say what is wrong."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.web.site_address import site_address

from ...domain import self_testing


class Command(BaseCommand):
    help = gettext_lazy(
        "Ask OAI-PMH, SRU, OPDS, the API and open data of this site over HTTP and check the answers."
    )

    def add_arguments(self, parser):
        parser.add_argument("--url", default="", help=_("address of the site, if not the one in SITE_URL"))

    def handle(self, *, url: str, **options):
        try:
            address = self_testing.checked_address(url) if url else site_address()
        except self_testing.NotOurs as error:
            raise CommandError(str(error)) from error
        self_test = self_testing.begin(address)
        if self_test is None:
            raise CommandError(
                _("A self-test of this address is being done already. Please wait for its end.")
            )
        self_testing.run(self_test, self._tell)
        failed = self_test.checks.filter(passed=False).count()
        if failed:
            raise CommandError(_("%(number)s checks did not pass.") % {"number": failed})
        if not self_test.passed:
            raise CommandError(_("Nothing was checked."))
        self.stdout.write(
            self.style.SUCCESS(_("All %(number)s checks passed.") % {"number": self_test.checks.count()})
        )

    def _tell(self, check) -> None:
        mark = "OK  " if check.passed else "FAIL"
        self.stdout.write(f"{mark} {check.part} - {check.name}: {check.sentence}")
