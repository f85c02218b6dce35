from django import template
from django.utils.html import conditional_escape, format_html

from portal.text import format_date, format_date_long

register = template.Library()


@register.filter
def long_date(day):
    """A date as "Thứ Hai, ngày 23 tháng 11 năm 2026" (vn_rules R6.2)."""
    return format_date_long(day) if day else ""


@register.simple_tag
def short_date(day):
    """The element of a date, "23/11/2026", for people and machines; every language of the portal writes it so."""
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), format_date(day))


@register.simple_tag
def told_date(sentence, day):
    """A date within what it is the date of: "Issued on %(day)s"."""
    return format_html(conditional_escape(sentence).replace("%(day)s", "{}"), short_date(day))


@register.simple_tag
def date_badge(day):
    """The day of an event as a badge: its number, and the month below it."""
    badge = '<time class="date-badge" datetime="{}"><span>{}</span><span>{}</span></time>'
    return format_html(badge, day.isoformat(), str(day.day), f"{day:%m/%Y}")
