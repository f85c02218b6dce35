from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"

    def ready(self):
        from . import checks, search_source  # noqa: F401

        search_source.connect()
