from wagtail import hooks

from .viewsets import RecognitionViewSetGroup


@hooks.register("register_admin_viewset")
def register_viewsets():
    return RecognitionViewSetGroup()
