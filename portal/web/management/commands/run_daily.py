from django.core.management.base import BaseCommand
from django.utils import timezone

from portal.web import daily


class Command(BaseCommand):
    help = "Do the daily work now: all of it that is due, or one job by its name."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", choices=daily.names())

    def handle(self, *args, name, **options):
        today = timezone.localdate()
        if name:
            daily.run(name, today)
        for done in [name] if name else daily.run_due(today):
            self.stdout.write(done)
