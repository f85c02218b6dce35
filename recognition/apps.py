from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "recognition"
    label = "recognition"
    verbose_name = _("Learning titles")

    def ready(self):
        from portal.search.sources import register

        from .search import CriteriaSource

        register(CriteriaSource())
