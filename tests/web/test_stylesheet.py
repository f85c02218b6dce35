"""The style sheet is written in several files and sent as one."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse

from portal.web.save_data import SaveDataMiddleware
from portal.web.stylesheet import NAME, PARTS, StylesheetFinder

CSS = Path(settings.BASE_DIR) / "static" / "css"
OF_THE_ADMIN = {"admin", "admin-plain"}


def test_joined_style_sheet_holds_every_part_in_order():
    joined = Path(finders.find(NAME)).read_text(encoding="utf-8")
    places = [joined.index((CSS / f"{part}.css").read_text(encoding="utf-8")) for part in PARTS]
    assert places == sorted(places)


def test_no_part_of_the_style_sheet_is_forgotten():
    assert {file.stem for file in CSS.glob("*.css")} - OF_THE_ADMIN == set(PARTS)


def test_joined_style_sheet_follows_its_parts(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    finder = next(finder for finder in finders.get_finders() if finder.find(NAME))
    stale = Path(finder.find(NAME))
    stale.write_text("stale", encoding="utf-8")
    assert Path(finder.find(NAME)).read_text(encoding="utf-8") != "stale"


def test_two_processes_may_join_the_style_sheet_at_once(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    replace, other = Path.replace, StylesheetFinder()

    def interrupted(partial, target):
        monkeypatch.setattr(Path, "replace", replace)
        other.find(NAME)
        return replace(partial, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    joined = Path(StylesheetFinder().find(NAME))
    assert joined.read_text(encoding="utf-8") == Path(other.find(NAME)).read_text(encoding="utf-8")
    assert [file.name for file in joined.parent.iterdir()] == [joined.name]


def test_caches_are_told_that_pages_differ_under_save_data(rf):
    response = SaveDataMiddleware(lambda request: HttpResponse("page"))(rf.get("/"))
    assert response["Vary"] == "Save-Data"


def test_data_do_not_differ_under_save_data(rf):
    response = SaveDataMiddleware(lambda request: JsonResponse({}))(rf.get("/"))
    assert not response.has_header("Vary")


def test_fonts_are_small_enough_for_a_weak_signal():
    fonts = list((CSS.parent / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert all(font.stat().st_size <= 30 * 1024 for font in fonts)
