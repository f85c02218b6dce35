from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.accounts.domain import audit
from portal.accounts.models import AuditChain


class Command(BaseCommand):
    help = "Read the audit trails again: exit status 1 and the first broken link when an event is not as it was written."

    def add_arguments(self, parser):
        parser.add_argument("commune", nargs="?", help="official code, as it was in that year")
        parser.add_argument("year", nargs="?", type=int)

    def handle(self, commune, year, **options):
        broken = [each for each in map(self._verified, _chains(commune, year)) if each]
        if broken:
            raise CommandError("\n".join(map(str, broken)))

    def _verified(self, chain: AuditChain) -> audit.BrokenLink | None:
        found = audit.verify(chain)
        if found is None:
            facts = {"chain": chain, "count": chain.length, "head": chain.head}
            self.stdout.write(_("%(chain)s: %(count)s events in order, %(head)s") % facts)
        return found


def _chains(commune: str | None, year: int | None):
    if commune is None:
        return AuditChain.objects.select_related("place")
    if year is None:
        raise CommandError(_("Name the year too: codes of places are given anew over time."))
    chains = list(audit.chains_of(commune, year).select_related("place"))
    if not chains:
        facts = {"code": commune, "year": year}
        raise CommandError(_("There is no audit trail of the place %(code)s in %(year)s.") % facts)
    return chains
