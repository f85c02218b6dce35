from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    label = "home"

    def ready(self):
        from portal.accounts import desk as officers_desk
        from portal.web import daily

        from . import desk, signal_handlers  # noqa: F401
        from .domain import contact

        officers_desk.register(desk.guides)
        daily.register("home-messages", contact.forget)
