from wagtail.snippets.models import register_snippet

from .viewsets import ObservanceDayViewSet

register_snippet(ObservanceDayViewSet)
