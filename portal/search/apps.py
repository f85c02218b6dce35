from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"

    def ready(self):
        from portal.web import daily

        from . import asked

        daily.register("search-asked", asked.forget)
