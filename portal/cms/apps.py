from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"

    def ready(self):
        from portal.accounts import desk as officers_desk

        from . import checks, desk, frame, search_source  # noqa: F401

        frame.connect()
        search_source.connect()
        officers_desk.register(desk.admin_entries)
