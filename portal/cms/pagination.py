"""The links below a long list (templates/components/pagination.html)."""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _

PARAMETER = "page"
GAP = "…"
LONGEST_NUMBER = 7  # digits
NO_SUCH_PAGE = _("There is no such page in this list.")


@dataclass(frozen=True, slots=True)
class Pagination:
    """`links` are (label, address, is it this page); a gap has no address. Pages count from 1."""

    page: int
    pages: int
    links: list[tuple[str, str, bool]]
    previous_url: str
    next_url: str


def links(request, page: int, pages: int) -> Pagination:
    """The pagination of the list at this address; every other parameter of the address is kept."""
    return Pagination(
        page=page,
        pages=pages,
        links=[_link(request, number, page) for number in _shown(page, pages)],
        previous_url=_address(request, page - 1) if page > 1 else "",
        next_url=_address(request, page + 1) if page < pages else "",
    )


def page_of(request, objects, per_page: int = 20, count: int | None = None) -> Page:
    """The Django page of `objects` that the address asks for. A page that does not exist is Http404.

    count: the number of `objects` where it is known already, to save the query.
    """
    number = request.GET.get(PARAMETER, "1")
    paginator = Paginator(objects, per_page)
    if count is not None:
        paginator.count = count
    try:
        return paginator.page(number if number.isascii() else "")
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(NO_SUCH_PAGE) from error


def page_number(request) -> int:
    """The number of the page that the address asks for. Raises Http404 for what is no number from 1."""
    number = request.GET.get(PARAMETER, "1")
    if not (number.isascii() and number.isdigit() and len(number) < LONGEST_NUMBER and int(number) > 0):
        raise Http404(NO_SUCH_PAGE)
    return int(number)


def pages_of(total: int, per_page: int, page: int) -> int:
    """How many pages `total` rows make; an empty list has one. Raises Http404 when `page` is past the last."""
    pages = max(1, -(-total // per_page))
    if page > pages:
        raise Http404(NO_SUCH_PAGE)
    return pages


def _shown(page, pages):
    """First, last and the neighbours; None for a gap: 1 … 6 7 8 … 20."""
    numbers = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)}) if pages else []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before == 2:
            yield number - 1
        elif number - before > 2:
            yield None
        yield number


def _link(request, number, page):
    if number is None:
        return (GAP, "", False)
    return (str(number), _address(request, number), number == page)


def _address(request, number):
    """This address with another page number; page 1 has none, so that a list has one address."""
    parameters = request.GET.copy()
    parameters.pop(PARAMETER, None)
    if number > 1:
        parameters[PARAMETER] = number
    query = parameters.urlencode()
    return f"{request.path}?{query}" if query else request.path
