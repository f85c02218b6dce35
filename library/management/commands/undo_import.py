from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from library.domain import import_batches
from library.models import ImportBatch


class Command(BaseCommand):
    help = "Take a whole import back: what it made is withdrawn, what it changed becomes what it was."

    def add_arguments(self, parser):
        parser.add_argument("number", type=int, help="as import_resources and the list of imports give it")

    def handle(self, *args, number, **options):
        batch = ImportBatch.objects.filter(pk=number).first()
        if batch is None:
            raise CommandError(_("There is no import of the number %(number)s.") % {"number": number})
        try:
            undone = import_batches.undo(batch)
        except ValueError as error:
            state = batch.get_state_display()
            raise CommandError(_("It cannot be undone: %(state)s.") % {"state": state}) from error
        self.stdout.write(", ".join(f"{name} {count}" for name, count in vars_of(undone).items()))


def vars_of(undone: import_batches.Undone) -> dict[str, int]:
    """In words for scripts, never translated."""
    return {
        "withdrawn": undone.withdrawn,
        "put back": undone.put_back,
        "left": undone.left,
        "merged": undone.merged,
    }
