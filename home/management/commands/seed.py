from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from campaigns.domain import seed as campaigns
from home.domain import booklet, wagtail_rows
from home.domain import seed as home
from library.domain import seed as library
from library.domain import seed_pages as library_pages
from portal.accounts.domain import demo, groups
from portal.places.domain import seed as places
from portal.search import seed as search
from recognition.domain import seed as recognition


class Command(BaseCommand):
    help = "Fill a new site with its places, library, criteria, pages and menus. May be run again: it changes nothing."

    def handle(self, *args, **options):
        self._step("Places", places.load)
        self._step("Groups and rights", groups.sync)
        self._step("Library", library.load)
        self._step("Synonyms", search.load)
        self._step("Learning titles", recognition.load)
        page = self._step("Home page", home.load_home)
        self._step("Pages of help", home.load_pages, page)
        self._step("Booklet of help", booklet.load)
        self._step("Menus and details", lambda: home.load_chrome(page, samples=settings.DEMO))
        self._step("Shelves and learning paths", library_pages.load_pages, page)
        self._step("News and events", campaigns.load, page)
        self._step("Approval by a second person", home.load_workflow, page)
        self._step("Rows of Wagtail's own", wagtail_rows.tidy)
        if settings.DEMO:
            self._tell_logins(self._step("Sample people", demo.load))
        self._step("Search index", call_command, "rebuild_search")

    def _step(self, name, action, *arguments):
        self.stdout.write(f"{name} ...")
        self.stdout.flush()
        return action(*arguments)

    def _tell_logins(self, logins):
        for username, password, role in logins:
            self.stdout.write(f"  {username:<14} {password:<18} {role}")
