from django.apps import AppConfig

from . import lookups


class WebConfig(AppConfig):
    name = "portal.web"
    label = "web"

    def ready(self):
        lookups.register()
