from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    label = "campaigns"
    verbose_name = _("News and events")

    def ready(self):
        from portal.accounts import desk as officers_desk
        from portal.cms import frame

        from . import desk, search
        from .models import ObservanceDay, PageTopic, Topic

        search.connect()
        officers_desk.register(desk.writing_entries)
        frame.follow(Topic, PageTopic, ObservanceDay)
