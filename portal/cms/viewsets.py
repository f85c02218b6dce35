from wagtail.snippets.views.snippets import SnippetViewSet

from .models import AlertBanner


class AlertBannerViewSet(SnippetViewSet):
    """Urgent notices, with the time in which each is shown."""

    model = AlertBanner
    list_display = ["__str__", "starts_at", "ends_at"]
    ordering = ["-starts_at"]
