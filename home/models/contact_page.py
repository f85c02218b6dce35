from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from home.domain.contact import receive
from home.forms import ContactForm
from library.blocks import PageBodyBlock
from portal.cms.models import BasePage
from portal.web.client_address import client_address
from portal.web.visitors.messages import Refused

SENT = "da-gui"  # parameter of the address after a message was stored


class ContactPage(BasePage):
    """Write to us: a form that works without JavaScript, beside address and telephone."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    page_description = _("A form that reaches the office; the messages are listed in the admin.")
    template = "pages/contact_page.html"
    schema_type = "ContactPage"
    is_cacheable = False  # the form carries the visitor's own token

    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("content"))

    content_panels = BasePage.content_panels + [FieldPanel("body")]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")

    def serve(self, request, *args, **kwargs):
        if request.method != "POST":
            return super().serve(request, *args, **kwargs)
        form = ContactForm(request.POST)
        status = 422
        if form.is_valid():
            try:
                receive(form.cleaned_data, client_address(request))
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 429
            else:
                return redirect(f"{self.get_url(request)}?{SENT}=1")
        context = self.get_context(request) | {"form": form}
        response = TemplateResponse(request, self.get_template(request), context, status=status)
        add_never_cache_headers(response)
        return response

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        return context | {"form": ContactForm(), "sent": SENT in request.GET}
