"""Django's tags of translation, in its place (settings: `libraries`); only `translate` differs, and only in speed.

Django looks up the words of a template as it does the value of a variable, through a lazy proxy, localisation and
escaping: seventy calls for each, where a page has thirty. Words that stand in the template itself need none of it.
"""

from django import template
from django.template.base import Variable
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

register = template.Library()
register.tags, register.filters = dict(i18n.register.tags), dict(i18n.register.filters)


class FixedWords(i18n.TranslateNode):
    """{% translate "Words" %}, with `context "…"` and `as name` or without."""

    def __init__(self, words: str, asvar: str | None, context: str | None):
        self.words = words.replace("%", "%%")  # as they stand in the catalogue
        self.asvar = asvar
        self.message_context = context

    def render(self, context) -> SafeString | str:
        found = pgettext(self.message_context, self.words) if self.message_context else gettext(self.words)
        value = mark_safe(found.replace("%%", "%"))  # noqa: S308  as Django: our own words are not escaped
        if self.asvar is None:
            return value
        context[self.asvar] = value
        return ""


@register.tag("translate")
@register.tag("trans")
def translate(parser, token):
    node = i18n.do_translate(parser, token)
    words, context = node.filter_expression, node.message_context
    is_fixed = isinstance(words.var, Variable) and isinstance(words.var.literal, str) and not words.filters
    knows_context = context is None or (isinstance(context.var, str) and not context.filters)
    if node.noop or not is_fixed or not knows_context:
        return node
    return FixedWords(words.var.literal, node.asvar, context and context.var)
