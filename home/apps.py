from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    label = "home"

    def ready(self):
        from portal.accounts import desk as officers_desk

        from . import desk

        officers_desk.register(desk.guides)
