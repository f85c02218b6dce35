"""The tree, the menus and the help pages a new site starts with. Create-only: what an editor changed stays changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage, WorkflowTask

from home.domain.four_eyes import follow_translations
from home.models import ContactPage, HomePage, SectionPage, StandardPage
from portal.accounts.domain.groups import GROUP_NAMES
from portal.accounts.enums import Role
from portal.cms.models import FourEyesTask, Navigation, SiteDetails
from portal.places.models import Place

DATA = Path(__file__).resolve().parents[1] / "data"
KINDS = {"standard": StandardPage, "section": SectionPage}
WORKFLOW_NAME = "Hai người cùng xem"
TASK_NAME = "Người thứ hai duyệt"


@transaction.atomic
def load_home() -> HomePage:
    """The home page as the root of the default site; Wagtail's welcome page goes when nobody has used it."""
    home = HomePage.objects.first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(
            title="Cổng Khuyến học",
            slug="trang-chu",
            locale=Locale.get_default(),
            summary="Tìm sách, bài học, video để tự học; theo dõi phong trào khuyến học và các danh hiệu học tập.",
            search_hint="Ví dụ: trồng ngô, học chữ, dùng điện thoại",
            officer_text="Dành cho cán bộ làm công tác khuyến học ở xã, xóm.",
            officer_links=_links(_read("navigation.json")["officers"]),
        )
    )
    welcome = root.get_children().type(Page).exact_type(Page).filter(slug="home").first()
    _point_site_at(home)
    if welcome is not None and not welcome.get_children().exists():
        welcome.delete()
    Locale.objects.get_or_create(language_code="en")
    return home


def _point_site_at(home: HomePage) -> None:
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    standard_port = 443 if address.scheme == "https" else 80
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname or "localhost",
            "port": address.port or standard_port,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )


@transaction.atomic
def load_pages(home: HomePage) -> int:
    """Help pages and the contact page below `home`; returns how many were made."""
    made = 0
    for row in page_rows():
        parent = home.get_children().get(slug=row["parent"]) if row["parent"] else home
        made += _add(parent, KINDS[row["kind"]], row)
    contact = {
        "slug": "lien-he",
        "title": "Liên hệ",
        "summary": "Hỏi, góp ý, báo sai sót, gửi yêu cầu. Chúng tôi đọc mọi tin nhắn.",
        "blocks": [],
    }
    return made + _add(home, ContactPage, contact)


def page_rows() -> Iterator[dict]:
    for path in sorted((DATA / "pages").glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def _add(parent: Page, model: type[Page], row: dict) -> bool:
    if parent.get_children().filter(slug=row["slug"]).exists():
        return False
    page = model(title=row["title"], slug=row["slug"], summary=row["summary"], body=json.dumps(row["blocks"]))
    parent.add_child(instance=page)
    page.save_revision().publish()
    return True


@transaction.atomic
def load_chrome(home: HomePage, *, samples: bool) -> None:
    """Menus, and the lines at the foot of the page: labelled `samples` for a trial, else left to be filled in."""
    site = home.get_site()
    rows = _read("navigation.json")
    navigation, made = Navigation.objects.get_or_create(site=site)
    if made:
        navigation.menu = [("item", _link(row)) for row in rows["menu"]]
        navigation.footer = _links(rows["footer"])
        navigation.save()
    details = _read("sample_details.json") if samples else {}
    area = Place.objects.filter(versions__code=rows["area"]).first()
    SiteDetails.objects.get_or_create(site=site, defaults=details | {"area": area})


def load_workflow(home: HomePage) -> None:
    """Every page below the home page is approved by a second person; `home.domain.four_eyes` follows with those of
    other languages."""
    if WorkflowPage.objects.filter(page=home).exists():
        return
    with transaction.atomic():
        task = FourEyesTask.objects.create(name=TASK_NAME)
        task.groups.add(Group.objects.get(name=GROUP_NAMES[Role.APPROVER]))
        workflow = Workflow.objects.create(name=WORKFLOW_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task)
        WorkflowPage.objects.create(workflow=workflow, page=home)
        for translation in home.get_translations():
            follow_translations(translation)


def _links(rows: list[dict]) -> list[tuple[str, dict]]:
    return [("link", _link(row)) for row in rows]


def _link(row: dict) -> dict:
    """Links of the seed are addresses: they stay right when a page is made anew."""
    children = [_link(child) for child in row.get("children", ())]
    link = {"title": row["title"], "page": None, "address": row["address"]}
    return link | {"children": children} if children else link


def _read(name: str) -> dict:
    return json.loads((DATA / name).read_text(encoding="utf-8"))
