from django.core.management.base import BaseCommand

from portal.places.domain import seed
from portal.places.models import Place


class Command(BaseCommand):
    help = "Load the administrative units of Cao Bằng; what is there already stays as it is."

    def handle(self, *args, **options):
        before = Place.objects.count()
        seed.load()
        self.stdout.write(f"places: {Place.objects.count() - before} created, {before} there before")
