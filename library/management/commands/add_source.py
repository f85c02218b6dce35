from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from library.enums import SourceProtocol
from library.interop.fetching import may_be_harvested
from library.models import Source
from library.models.sources import POLITE_PAUSE
from portal.text import nfc
from portal.web.outbound import place_of


class Command(BaseCommand):
    help = "Keep a collection of another library, to be read by `manage.py harvest NAME`."

    def add_arguments(self, parser):
        parser.add_argument("name", metavar="NAME", help="how the collection is called here")
        parser.add_argument("--protocol", required=True, help="|".join(SourceProtocol.values))
        parser.add_argument("--url", required=True, help="where it answers programs")
        parser.add_argument("--prefix", default="", help="the format; without it the best one is chosen")
        parser.add_argument(
            "--set",
            dest="sets",
            action="append",
            default=[],
            metavar="S",
            help="only this set; may be repeated",
        )

    def handle(self, *, name, protocol, url, prefix, sets, **options):
        source = Source(
            name=nfc(name).strip(),
            protocol=protocol,
            url=url.strip(),
            prefix=prefix.strip(),
            sets=list(dict.fromkeys(each.strip() for each in sets)),
            pause=pause_for(url),
        )
        try:
            source.full_clean()
        except ValidationError as error:
            raise CommandError("\n".join(_sentences(error))) from error
        source.save()
        self.stdout.write(
            _('“%(name)s” is kept. To read it: manage.py harvest "%(name)s"') % {"name": source.name}
        )


def pause_for(url: str) -> float:
    """A host that an administrator has listed is our own: nobody is burdened."""
    try:
        return 0.0 if may_be_harvested(*place_of(url)) else POLITE_PAUSE
    except ValueError:
        return POLITE_PAUSE


def _sentences(error: ValidationError):
    for name, reasons in error.message_dict.items():
        if name == "protocol":
            reasons = [
                _("There is no such protocol. It is one of: %(known)s.")
                % {"known": ", ".join(SourceProtocol)}
            ]
        if name == "name" and any(each.code == "unique" for each in error.error_dict[name]):
            reasons = [_("There is a collection of this name already.")]
        yield from (f"{name}: {reason}" for reason in reasons)
