from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecognitionConfig(AppConfig):
    name = "recognition"
    label = "recognition"
    verbose_name = _("Learning titles")

    def ready(self):
        from portal.accounts import desk as officers_desk
        from portal.search import sources
        from portal.web import daily

        from .desk import title_entries
        from .domain.books import uploads
        from .domain.council import lapsing, notices
        from .domain.evidence.files import forget_unused
        from .search import CriteriaSource

        sources.register(CriteriaSource())
        officers_desk.register(title_entries)
        daily.register("recognition-uploads", uploads.forget)
        daily.register("recognition-lapsing", lapsing.lapse_due)
        daily.register("recognition-opinions", notices.forget_contacts)
        daily.register("recognition-evidence", forget_unused)
