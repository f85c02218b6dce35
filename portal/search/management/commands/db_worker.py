"""The job worker, which also keeps the search index up to date and does the daily work."""

from django_tasks_db.management.commands import db_worker

from portal.search import background
from portal.web import daily


class Command(db_worker.Command):
    def handle(self, *args, **options):
        with background.polling(), daily.keeping_the_calendar():
            super().handle(*args, **options)
