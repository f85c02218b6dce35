from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

SVG = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>'
STROKES = {
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM20 20l-4.8-4.8",
    "menu": "M4 6h16M4 12h16M4 18h16",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "down": "M5 9l7 7 7-7",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3v5M15.5 3v5",
    "download": "M12 4v11M7 10.5l5 5 5-5M5 20h14",
    "external": "M9 5H5v14h14v-4M13 4h7v7M20 4l-9 9",
    "share": "M12 15V4M8 7.5L12 3.5l4 4M6 11H5v9h14v-9h-1",
    "link": "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
    "speaker": "M4 9.5v5h4l5 4v-13l-5 4zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
    "document": "M6 3h8l4 4.5V21H6zM14 3v5h4M9 12h6M9 16h6",
    "book": "M12 6.5C9.5 4.8 6.5 4.3 3 4.7v14c3.5-.4 6.5.1 9 1.8 2.5-1.7 5.5-2.2 9-1.8v-14c-3.5-.4-6.5.1-9 1.8zM12 6.5v14",
    "place": "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21zM12 7a2.6 2.6 0 1 0 0 5.2A2.6 2.6 0 0 0 12 7z",
    "phone": "M6 3.5h3l1.5 5-2 1.5c1 2.3 2.7 4 5 5l1.5-2 5 1.5v3c0 1.7-1.3 2.8-3 2.6C10 19.3 4.7 14 3.9 6.5 3.7 4.8 4.7 3.5 6 3.5z",
    "mail": "M3.5 5.5h17v13h-17zM4 6l8 7 8-7",
    "honour": "M12 3l2.6 5.6 6.1.7-4.5 4.2 1.2 6-5.4-3-5.4 3 1.2-6L3.3 9.3l6.1-.7z",
    "warning": "M12 4l9 16H3zM12 10v5M12 17.3v.4",
    "done": "M4.5 12.5l5 5 10-11",
    "keep": "M6 3.5h12v17l-6-4.5-6 4.5z",
    "feed": "M5 12a7 7 0 0 1 7 7M5 5.5A13.5 13.5 0 0 1 18.5 19M6 18v.4",
}
ICONS = {name: format_html(SVG, strokes) for name, strokes in STROKES.items()}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The picture of that name, for the eye only: words stand beside it."""
    return ICONS[name]
