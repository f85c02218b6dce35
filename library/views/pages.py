"""What the pages of editors need of the library before Wagtail serves them."""

from django.http import HttpRequest, HttpResponse

from wagtail.models import Page

from portal.accounts.permissions import is_officer

from ..domain.training import standing
from ..models import LearningPath, LibraryPage
from .access import for_officers_only
from .resources import resource_list


def answer(page: Page, request: HttpRequest) -> HttpResponse | None:
    """In the place of the page: the catalogue at the address of the library, and the way to sign in for who may not follow
    a training; None when the page itself is to be shown."""
    if isinstance(page, LibraryPage):
        return resource_list(request)
    if isinstance(page, LearningPath) and page.officers_only:
        if not is_officer(request.user):
            return for_officers_only(request)
        page.standing = standing(request.user, page)
    return None
