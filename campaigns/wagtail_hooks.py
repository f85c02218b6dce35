from wagtail.snippets.models import register_snippet

from .viewsets import ObservanceDayViewSet, TopicViewSet

register_snippet(ObservanceDayViewSet)
register_snippet(TopicViewSet)
