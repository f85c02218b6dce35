"""What other libraries may harvest, brought up to date by hand."""

from django.core.management.base import BaseCommand, CommandError

from library.domain.offering import checking, keeping_up, selecting


class Command(BaseCommand):
    help = (
        "Bring the records that other libraries may harvest up to date; the site does so by itself within seconds. "
        "When it was stopped, run it again: it goes on where it was."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="only tell which records are not as they should be"
        )
        parser.add_argument(
            "--repair", action="store_true", help="look at every resource again, and count anew"
        )

    def handle(self, *, check: bool, repair: bool, verbosity: int, **options):
        if check:
            self._check()
            return
        if repair:
            keeping_up.look_at_all()
            checking.count_anew()
        written = keeping_up.run_once(self._tell if verbosity else lambda done: None)
        numbers = selecting.numbers()
        if verbosity:
            self.stdout.write(
                f"\nwritten: {written}; {numbers.live} can be harvested, {numbers.deleted} tombstones"
            )

    def _tell(self, done: int) -> None:
        self.stdout.write(f"\r{done} looked at", ending="")
        self.stdout.flush()

    def _check(self) -> None:
        wrong = checking.wrong()
        for sentence in wrong:
            self.stdout.write(sentence)
        if wrong:
            raise CommandError("Run offer_records --repair.")
        self.stdout.write("All records are as they should be.")
