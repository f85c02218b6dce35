from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"

    def ready(self):
        from . import checks, frame, search_source  # noqa: F401

        frame.connect()
        search_source.connect()
