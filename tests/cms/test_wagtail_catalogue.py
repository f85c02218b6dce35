"""The admin speaks Vietnamese throughout: no string of an installed package is left in English.

An upgrade that brings new strings fails here and names them; the place for their Vietnamese is
portal/cms/wagtail_locale. Catalogues are read as the packages ship them, `en` against what `vi` shows.
"""

import json
import re
from pathlib import Path

import polib
import pytest

import django
from django.apps import apps
from django.conf import settings as site_settings
from django.utils import translation
from django.views.i18n import JSONCatalog

OURS = Path(site_settings.BASE_DIR) / "portal/cms/wagtail_locale/vi/LC_MESSAGES"
PORTAL = Path(site_settings.BASE_DIR) / "portal/locale/vi/LC_MESSAGES/django.po"
SITE_PACKAGES = Path(django.__file__).parents[1]
# Not installed themselves: Django's core, and the package whose words wagtail_localize.locales borrows.
LENDERS = {
    "django": SITE_PACKAGES / "django/conf",
    "wagtail.locales": SITE_PACKAGES / "wagtail/locales",
}
PLACEHOLDER = re.compile(r"%\([A-Za-z_]\w*\)[sdifr]|%[sd]|\{[^{}\s]*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def english(folder, domain):
    """The strings a package can show: polib entries of its English catalogue, [] where it ships none."""
    stem = folder / "locale/en/LC_MESSAGES" / domain
    if stem.with_suffix(".po").exists():
        return [entry for entry in polib.pofile(stem.with_suffix(".po")) if not entry.obsolete]
    if stem.with_suffix(".mo").exists():  # Django REST framework ships the compiled one only
        return list(polib.mofile(stem.with_suffix(".mo")))
    return []


def packages(domain):
    """{name: folder} of the third-party packages with an English catalogue of this domain."""
    installed = {app.name: Path(app.path) for app in apps.get_app_configs()}
    folders = {name: path for name, path in installed.items() if SITE_PACKAGES in path.parents}
    if domain == "django":
        folders |= LENDERS
    return {
        name: path
        for name, path in folders.items()
        if any(path.glob(f"locale/en/LC_MESSAGES/{domain}.[pm]o"))
    }


def source(entry):
    """The English an entry stands for; of a plural the form that carries the number."""
    return entry.msgid_plural or entry.msgid


def shown(entry):
    """What a Vietnamese reader is shown for an English entry."""
    if entry.msgid_plural and entry.msgctxt:
        return translation.npgettext(entry.msgctxt, entry.msgid, entry.msgid_plural, 2)
    if entry.msgid_plural:
        return translation.ngettext(entry.msgid, entry.msgid_plural, 2)
    if entry.msgctxt:
        return translation.pgettext(entry.msgctxt, entry.msgid)
    return translation.gettext(entry.msgid)


def vietnamese_of(entry):
    """The Vietnamese of an entry of ours; the language has one plural form."""
    return entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr


@pytest.fixture(scope="module")
def ours():
    """{domain: our catalogue}"""
    return {path.stem: polib.pofile(path) for path in OURS.glob("*.po")}


# Words of the portal that also stand in the admin, in a sense that does no harm there. A word in another sense needs a
# context (pgettext): "pages" of a book would rename the menu "Pages" of the admin.
HARMLESS_THERE = {
    *("Cancel", "Caption", "Change my password", "Download XLSX", "File", "Go", "Home", "Messages", "Note"),
    *("Search the whole site", "Section", "Show", "Status", "Table", "Tags", "Text", "created", "document"),
    *("documents", "file", "image", "images", "status", "subject", "tag", "tags"),
    *("Japanese", "Korean", "Thai", "Vietnamese"),
}


@pytest.fixture(scope="module")
def compiled(ours, tmp_path_factory):
    """A locale folder with our catalogues compiled now: the .mo files beside them may be older."""
    folder = tmp_path_factory.mktemp("locale")
    (folder / "vi/LC_MESSAGES").mkdir(parents=True)
    for domain, catalogue in ours.items():
        catalogue.save_as_mofile(folder / f"vi/LC_MESSAGES/{domain}.mo")
    return folder


@pytest.fixture
def in_vietnamese(settings, compiled):
    settings.LOCALE_PATHS = [compiled]
    with translation.override("vi"):
        yield


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize(("name", "folder"), packages("django").items(), ids=packages("django"))
def test_every_string_of_the_package_is_vietnamese(name, folder, ours):
    same_in_both = {(e.msgctxt, e.msgid) for e in ours["django"] if vietnamese_of(e) == source(e)}
    untranslated = [
        entry.msgid
        for entry in english(folder, "django")
        if shown(entry) == source(entry) and (entry.msgctxt, entry.msgid) not in same_in_both
    ]
    assert not untranslated, "\n".join([f"{name} has strings without Vietnamese:", *untranslated])


@pytest.mark.usefixtures("in_vietnamese")
@pytest.mark.parametrize(("name", "folder"), packages("djangojs").items(), ids=packages("djangojs"))
def test_every_string_of_the_scripts_is_vietnamese(name, folder, rf):
    response = JSONCatalog.as_view(packages=[name])(rf.get("/"))
    catalogue = json.loads(response.content)["catalog"]
    untranslated = [e.msgid for e in english(folder, "djangojs") if e.msgid not in catalogue]
    assert not untranslated, "\n".join(
        [f"the scripts of {name} have strings without Vietnamese:", *untranslated]
    )


def test_the_packages_of_the_admin_are_among_those_looked_at():
    assert {"wagtail", "wagtail.admin", "wagtail.images", "wagtail_localize", "allauth"} <= set(
        packages("django")
    )
    assert {"wagtail.admin", "wagtail_localize"} <= set(packages("djangojs"))


@pytest.mark.usefixtures("in_vietnamese")
def test_the_words_of_the_portal_win_over_those_that_wagtail_ships():
    assert translation.gettext("Publish") == "Đăng"
    assert translation.gettext("Password reset unsuccessful") == "Chưa đặt lại được mật khẩu"


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_each_translation_keeps_the_placeholders_and_tags_of_its_source(domain, ours):
    broken = [
        entry.msgid
        for entry in ours[domain]
        for kept in (PLACEHOLDER, TAG)
        if set(kept.findall(source(entry))) != set(kept.findall(vietnamese_of(entry)))
    ]
    assert broken == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_each_translation_begins_and_ends_with_the_white_space_of_its_source(domain, ours):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    shifted = [e.msgid for e in ours[domain] if edges(e.msgid) != edges(vietnamese_of(e))]
    assert shifted == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_catalogue_is_whole_and_says_each_thing_once(domain, ours):
    keys = [(entry.msgctxt, entry.msgid) for entry in ours[domain]]
    assert len(keys) == len(set(keys))
    assert [e.msgid for e in ours[domain] if e.fuzzy or e.obsolete or not vietnamese_of(e)] == []
    assert ours[domain].metadata["Plural-Forms"] == "nplurals=1; plural=0;"


@pytest.mark.usefixtures("in_vietnamese")
def test_words_of_the_portal_do_not_change_what_the_admin_says():
    changed = {
        entry.msgid
        for entry in polib.pofile(PORTAL)
        if not (entry.msgctxt or entry.obsolete or entry.msgid_plural)
        and translation.gettext(entry.msgid) not in (entry.msgid, entry.msgstr)
    }
    assert changed - HARMLESS_THERE == set()
