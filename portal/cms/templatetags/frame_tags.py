"""Drawing the parts of the frame once, for all pages on which they look alike."""

from django import template
from django.template.loader import get_template
from django.utils.translation import get_language

from portal.cms import frame

register = template.Library()

MOST = 200  # drawn parts that a process keeps
_drawn: dict[tuple, str] = {}


@register.simple_tag(takes_context=True)
def drawn_once(context, name, *differences):
    """The template `name`, drawn with this context once for each frame, language and `differences`.

    It may show only the frame (`chrome`) and what `differences` tell apart: menus with the item that is active,
    the other languages of the page, flags. Header and footer are a third of the drawing of a page.
    """
    stamp = frame.of(context["request"]).stamp
    key = (
        stamp,
        name,
        get_language(),
        *(tuple(each) if isinstance(each, list) else each for each in differences),
    )
    html = _drawn.get(key)
    if html is None:
        html = get_template(name).template.render(context)
        if stamp is not None:
            if len(_drawn) >= MOST:
                _drawn.clear()
            _drawn[key] = html
    return html
