from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = _("Library")

    def ready(self):
        from portal.search import sources

        from . import signal_handlers
        from .search import DocumentSource, ResourceSource

        sources.register(ResourceSource())
        sources.register(DocumentSource())
        signal_handlers.connect()
