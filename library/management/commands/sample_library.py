from django.core.management.base import BaseCommand, CommandError

from library.domain.samples import make_samples, remove_samples
from library.models import Subject


class Command(BaseCommand):
    help = "Make generated Vietnamese resources, marked as samples, for trying the library out at size."

    def add_arguments(self, parser):
        parser.add_argument("number", nargs="?", type=int, help="how many there shall be")
        parser.add_argument("--remove", action="store_true", help="remove all samples")

    def handle(self, *args, number, remove, **options):
        if remove:
            self.stdout.write(f"removed {remove_samples(self._show)}")
            return
        if number is None or number < 1:
            raise CommandError("Say how many samples there shall be, for example 1000, or --remove.")
        if not Subject.objects.exists():
            raise CommandError("There are no subjects yet: run “manage.py seed” first.")
        self.stdout.write(f"created {make_samples(number, self._show)}")

    def _show(self, done: int) -> None:
        if done % 10_000 == 0:
            self.stderr.write(f"{done} ...")
