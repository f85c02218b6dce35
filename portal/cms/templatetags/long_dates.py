from django import template

from portal.text import format_date_long

register = template.Library()


@register.filter
def long_date(day):
    """A date as "Thứ Hai, ngày 23 tháng 11 năm 2026" (vn_rules R6.2)."""
    return format_date_long(day) if day else ""
