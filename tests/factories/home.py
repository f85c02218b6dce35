"""The tree of a site: `HomePageFactory` is the root of the default site, the others go below it."""

import json

import factory

from wagtail.models import Page, Site

from home.models import ContactMessage, ContactPage, HomePage, SectionPage, StandardPage
from portal.cms.models import Navigation, SiteDetails


class PageFactory(factory.django.DjangoModelFactory):
    """`parent` is a page; `live` False makes a draft."""

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Trang số {n}")

    @classmethod
    def _create(cls, model_class, *args, parent=None, live=True, **kwargs):
        if isinstance(kwargs.get("body"), list):
            kwargs["body"] = json.dumps(kwargs["body"])
        page = (parent or home_page()).add_child(instance=model_class(live=live, **kwargs))
        revision = page.save_revision()
        if live:
            revision.publish()
            page.refresh_from_db()
        return page


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    title = "Cổng Khuyến học"
    slug = "trang-chu"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        root = Page.get_first_root_node()
        page = super()._create(model_class, parent=root, **kwargs)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": page}
        )
        Navigation.objects.create(site=page.get_site())
        SiteDetails.objects.create(site=page.get_site(), association_name="Hội Khuyến học mẫu")
        return page


def home_page():
    return HomePage.objects.first() or HomePageFactory()


class SectionPageFactory(PageFactory):
    class Meta:
        model = SectionPage


class StandardPageFactory(PageFactory):
    class Meta:
        model = StandardPage

    summary = "Một câu tóm tắt."
    body = factory.LazyFunction(lambda: [{"type": "text", "value": "<p>Nội dung của trang.</p>"}])


class ContactPageFactory(PageFactory):
    class Meta:
        model = ContactPage

    title = "Liên hệ"
    slug = "lien-he"


class ContactMessageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactMessage

    name = "Người gửi mẫu"
    subject = factory.Sequence(lambda n: f"Câu hỏi {n}")
    body = "Xin hỏi đăng ký ở đâu?"
