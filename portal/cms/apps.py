from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"

    def ready(self):
        from portal.accounts import desk as officers_desk
        from portal.web import daily

        from . import checks, desk, frame, publishing, search_source  # noqa: F401

        frame.connect()
        search_source.connect()
        officers_desk.register(desk.admin_entries)
        daily.at_every_look(publishing.keep_the_schedule)
