from django.core.management.base import BaseCommand

from recognition.domain.indicators.heat import recompute
from recognition.models import Assessment, Round


class Command(BaseCommand):
    help = "Add up the sheets of the open rounds again; those whose stored total differs are judged anew."

    def handle(self, **options):
        for round in Round.objects.open().select_related("criteria_set").order_by("pk"):
            rows = Assessment.objects.filter(round=round).live()
            judged = recompute(rows, round.criteria_set)
            self.stdout.write(f"{round.pk} {round}: {rows.count()} checked, {judged} judged anew")
