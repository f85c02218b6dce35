from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.domain.demo import SAMPLE_COMMUNE
from portal.places.models import Place
from recognition.domain import demo_year
from recognition.domain.demo_year.making import FAMILIES


class Command(BaseCommand):
    help = "Make one commune's year of samples to try every desk with, and a log-in a role."

    def add_arguments(self, parser):
        parser.add_argument(
            "--commune", default=SAMPLE_COMMUNE, metavar="CODE", help="official code of today"
        )
        parser.add_argument("--families", type=int, default=FAMILIES, metavar="N")
        parser.add_argument("--remove", action="store_true", help="take all demo years away again")

    def handle(self, *args, commune, families, remove, **options):
        if remove:
            places = demo_year.remove()
            self.stdout.write(_("removed %(number)s") % {"number": len(places)})
            return
        if families < 1:
            raise CommandError(_("Say how many families there shall be, at least 1."))
        try:
            made = demo_year.make(_commune(commune), families)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        facts = {
            "place": made.commune,
            "villages": made.villages,
            "subjects": made.subjects,
            "year": made.year,
        }
        self.stdout.write(
            _("%(place)s, %(year)s: %(villages)s sample villages with %(subjects)s samples. Log-ins:") % facts
        )
        for username, password, role in made.logins:
            self.stdout.write(f"  {username:<20} {password:<20} {role}")


def _commune(code: str) -> Place:
    today = timezone.localdate()
    try:
        place = Place.objects.by_code(code, today)
    except Place.DoesNotExist as error:
        raise CommandError(_("No commune has the code %(code)s today.") % {"code": code}) from error
    if not place.at(today).is_commune:
        raise CommandError(_("%(place)s is not a commune.") % {"place": place})
    return place
