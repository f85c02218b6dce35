"""The job worker, which also keeps the search index up to date."""

from django_tasks_db.management.commands import db_worker

from portal.search import background


class Command(db_worker.Command):
    def handle(self, *args, **options):
        with background.polling():
            super().handle(*args, **options)
