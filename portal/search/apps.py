from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "search"

    def ready(self):
        from portal.web import daily, health

        from . import asked, background, drain, readiness

        background.register(drain.catch_up)
        health.register("search", readiness.check)
        daily.register("search-asked", asked.forget)
