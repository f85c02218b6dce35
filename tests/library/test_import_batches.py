"""Imports in the admin: looked at before they are written, and taken back as a whole."""

import pytest

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from library.domain import import_batches
from library.domain.withdrawal import restore
from library.enums import ImportState
from library.interop import marc
from library.models import ImportBatch, ImportChange, Resource
from tests.library.interop.marc_records import made

pytestmark = pytest.mark.django_db

HEADINGS = "Số cá biệt;Nhan đề;Tác giả;NXB\n"
FIRST = HEADINGS + "1;Trồng ngô;Người Mẫu;NXB Mẫu\n2;Nuôi ong;Người Mẫu;NXB Mẫu\n"
SECOND = HEADINGS + "1;Trồng ngô lai;Người Mẫu;NXB Khác\n2;Nuôi ong;Người Mẫu;NXB Mẫu\n3;Dệt vải;Bà Mẫu;\n"


def handed_in(text, source="Sổ mẫu") -> ImportBatch:
    content = text if isinstance(text, bytes) else text.encode()
    batch = import_batches.hand_in(SimpleUploadedFile("so.csv", content), source=source, user=None)
    import_batches.check(batch)
    return batch


def loaded(text, **rest) -> ImportBatch:
    batch = handed_in(text, **rest)
    assert import_batches.confirm(batch)
    import_batches.run(batch)
    assert batch.state == ImportState.DONE
    return batch


def titles():
    return set(Resource.objects.published().values_list("title", flat=True))


def test_checking_writes_nothing_and_tells_what_would_change():
    loaded(FIRST)
    ong = Resource.objects.get(title="Nuôi ong")
    Resource.objects.filter(title="Trồng ngô").update(publisher="NXB do thủ thư sửa")
    batch = handed_in(SECOND)
    assert titles() == {"Trồng ngô", "Nuôi ong"}
    assert (batch.state, batch.created, batch.updated, batch.unchanged) == (ImportState.CHECKED, 1, 1, 1)
    changed, new = batch.lines.all()
    assert [(old, new) for _label, old, new in changed.details["fields"]] == [("Trồng ngô", "Trồng ngô lai")]
    assert [said for _label, said in changed.details["kept"]] == ["NXB Khác"]
    assert (new.title, new.outcome, new.resource) == ("Dệt vải", "created", None)
    assert changed.outcome == "updated"
    assert changed.resource not in [ong, None]


def test_errors_name_row_column_and_reason():
    batch = handed_in(HEADINGS + f"1;{'x' * 301};Người Mẫu;\n")
    assert batch.state == ImportState.REFUSED
    line = batch.lines.get()
    assert (line.outcome, line.number, line.column) == ("refused", 2, "Nhan đề")
    assert line.reason
    assert not import_batches.confirm(batch)


def test_marc_loads_the_good_and_keeps_the_list_of_the_bad():
    records = [made("245 00 $aTrồng ngô", number="mau-1"), made("260    $aHà Nội", number="mau-2")]
    batch = loaded(marc.write(records))
    assert (batch.created, batch.failed) == (1, 1)
    refused = batch.lines.filter(outcome="refused")
    assert [(line.number, line.column) for line in refused] == [(2, "mau-2")]


def test_it_is_loaded_once_however_often_the_button_is_pressed():
    batch = handed_in(FIRST)
    assert import_batches.confirm(batch)
    assert not import_batches.confirm(ImportBatch.objects.get())


def test_undoing_withdraws_what_is_new_and_puts_back_what_changed():
    loaded(FIRST)
    batch = loaded(SECOND)
    assert titles() == {"Trồng ngô lai", "Nuôi ong", "Dệt vải"}
    undone = import_batches.undo(batch)
    assert (undone.withdrawn, undone.put_back, undone.left) == (1, 2, 0)
    assert titles() == {"Trồng ngô", "Nuôi ong"}
    assert Resource.objects.get(title="Trồng ngô").publisher == "NXB Mẫu"
    assert "so.csv" in Resource.objects.get(title="Dệt vải").withdrawn_reason


def test_undoing_leaves_what_somebody_changed_since():
    loaded(FIRST)
    batch = loaded(SECOND)
    Resource.objects.filter(title="Trồng ngô lai").update(title="Trồng ngô lai F1")
    undone = import_batches.undo(batch)
    assert (undone.put_back, undone.left) == (1, 1)
    assert "Trồng ngô lai F1" in titles()


def test_an_import_is_undone_once():
    batch = loaded(FIRST)
    import_batches.undo(batch)
    with pytest.raises(ValueError, match="loaded"):
        import_batches.undo(batch)


def test_loading_again_after_undoing_brings_back_the_same_numbers():
    batch = loaded(FIRST)
    numbers = set(Resource.objects.values_list("pk", flat=True))
    import_batches.undo(batch)
    again = loaded(FIRST)
    assert set(Resource.objects.published().values_list("pk", flat=True)) == numbers
    import_batches.undo(again)
    assert not Resource.objects.published().exists()


def test_what_a_librarian_withdrew_is_not_brought_back_by_a_load():
    batch = loaded(FIRST)
    import_batches.undo(batch)
    resource = Resource.objects.get(title="Nuôi ong")
    restore(resource)
    Resource.objects.filter(pk=resource.pk).update(withdrawn_on="2026-11-24", withdrawn_reason="Sách bị lỗi.")
    loaded(FIRST)
    assert titles() == {"Trồng ngô"}


def test_undoing_restores_the_words_of_the_source_too():
    loaded(FIRST)
    import_batches.undo(loaded(SECOND))
    assert (loaded(SECOND).updated, titles()) == (2, {"Trồng ngô lai", "Nuôi ong", "Dệt vải"})


def test_a_stop_in_the_middle_leaves_nothing(monkeypatch):
    monkeypatch.setattr("library.domain.ingest.BATCH", 1)
    batch = handed_in(FIRST)
    import_batches.confirm(batch)
    cache.set(f"library-import-{batch.pk}-stop", True)
    import_batches.run(batch)
    assert batch.state == ImportState.STOPPED
    assert not Resource.objects.exists()
    assert not ImportChange.objects.exists()


def test_a_run_that_shows_no_sign_of_life_is_closed_and_does_not_start_later():
    batch = handed_in(FIRST)
    import_batches.confirm(batch)
    import_batches.stop(batch)
    assert batch.state == ImportState.STOPPED
    import_batches.run(batch)
    assert not Resource.objects.exists()


def test_a_defect_leaves_the_import_to_be_tried_again(monkeypatch):
    batch = handed_in(FIRST)
    import_batches.confirm(batch)

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(import_batches, "load", fail)
    with pytest.raises(RuntimeError):
        import_batches.run(batch)
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKED


def test_a_librarian_checks_loads_and_undoes_in_the_admin(librarian_client):
    file = SimpleUploadedFile("so.csv", FIRST.encode())
    answer = librarian_client.post(reverse("library_imports:add"), {"file": file, "source": "Sổ mẫu"})
    batch = ImportBatch.objects.get()
    address = reverse("library_imports:edit", args=[batch.pk])
    assert answer.url == address
    page = librarian_client.get(address).content.decode()
    assert "Trồng ngô" in page
    assert not Resource.objects.exists()
    librarian_client.post(address, {"action": "load"})
    assert titles() == {"Trồng ngô", "Nuôi ong"}
    assert 'value="undo"' in librarian_client.get(address).content.decode()
    librarian_client.post(address, {"action": "undo"})
    assert not Resource.objects.published().exists()
    listed = librarian_client.get(reverse("library_imports:index")).content.decode()
    assert "so.csv" in listed
    batch.refresh_from_db()
    assert batch.loaded_by is not None


def test_a_new_row_shows_what_it_says_and_how_the_columns_were_understood(librarian_client):
    batch = handed_in(
        "Ghi chú riêng;TÊN SÁCH;Năm\nXB;Dịch giả\nx;Trồng ngô;2019;Bà Mẫu\n".replace("Năm\nXB", '"Năm\nXB"')
    )
    assert batch.columns == [
        ["Ghi chú riêng", ""],
        ["TÊN SÁCH", "Tên học liệu"],
        ["Năm XB", "Năm"],
        ["Dịch giả", "Người dịch"],
    ]
    says = dict(batch.lines.get().details["says"])
    assert says["Năm"] == "2019"
    page = librarian_client.get(reverse("library_imports:edit", args=[batch.pk])).content.decode()
    assert "Ghi chú riêng" in page
    assert "Bà Mẫu" in page


def many(number: int) -> str:
    return HEADINGS + "".join(f"{each};Sách {each};;\n" for each in range(1, number + 1))


def test_a_preview_of_many_rows_is_looked_at_page_by_page(librarian_client, django_assert_max_num_queries):
    batch = handed_in(many(120))
    address = reverse("library_imports:edit", args=[batch.pk])
    with django_assert_max_num_queries(20):
        first = librarian_client.get(address).content.decode()
    assert "Sách 50<" in first
    assert "Sách 51<" not in first
    last = librarian_client.get(f"{address}?show=created&p=3").content.decode()
    assert "Sách 120<" in last
    assert "Sách 1<" not in last


def test_every_mistake_is_kept_and_shown_first(librarian_client):
    batch = handed_in(HEADINGS + "".join(f"1;Sách {each};;\n" for each in range(300)))
    assert batch.lines.filter(outcome="refused").count() == 299
    page = librarian_client.get(reverse("library_imports:edit", args=[batch.pk])).context
    assert (page["shown"], page["lines"].paginator.num_pages) == ("refused", 6)


def test_corrections_that_stay_can_be_looked_at_alone(librarian_client):
    loaded(FIRST)
    Resource.objects.filter(title="Trồng ngô").update(publisher="NXB do thủ thư sửa")
    batch = handed_in(FIRST.replace("Trồng ngô;Người Mẫu;NXB Mẫu", "Trồng ngô;Người Mẫu;NXB Khác"))
    assert [(line.outcome, line.title) for line in batch.lines.all()] == [("kept", "Trồng ngô")]
    page = librarian_client.get(reverse("library_imports:edit", args=[batch.pk]) + "?show=kept")
    assert "NXB Khác" in page.content.decode()


def test_checking_tells_how_far_it_is_and_can_be_stopped(monkeypatch):
    monkeypatch.setattr("library.domain.ingest.BATCH", 2)
    seen = []
    batch = import_batches.hand_in(SimpleUploadedFile("so.csv", many(6).encode()), source="", user=None)
    real = cache.set

    def see(key, value, *rest):
        if key.endswith("progress"):
            seen.append(value)
        return real(key, value, *rest)

    monkeypatch.setattr(cache, "set", see)
    import_batches.check(batch)
    assert seen == [(2, 6), (4, 6), (6, 6)]
    again = import_batches.hand_in(SimpleUploadedFile("so.csv", many(6).encode()), source="", user=None)
    cache.set(f"library-import-{again.pk}-stop", True)
    import_batches.check(again)
    assert again.state == ImportState.STOPPED
    assert not again.lines.exists()


def test_what_the_command_loads_is_undone_by_its_number(tmp_path, capsys):
    path = tmp_path / "so.csv"
    path.write_text(FIRST)
    call_command("import_resources", str(path), source="Sổ mẫu")
    *_others, way_back, counts = capsys.readouterr().out.splitlines()
    assert counts == "created 2, updated 0, unchanged 0, failed 0"
    batch = ImportBatch.objects.get()
    assert way_back.endswith(f"undo_import {batch.pk}")
    call_command("undo_import", str(batch.pk))
    assert capsys.readouterr().out.strip() == "withdrawn 2, put back 0, left 0, merged 0"
    assert not Resource.objects.published().exists()
    with pytest.raises(CommandError):
        call_command("undo_import", str(batch.pk))
    with pytest.raises(CommandError):
        call_command("undo_import", "123456")


def test_a_dry_run_and_a_load_without_news_leave_no_import_to_undo(tmp_path):
    path = tmp_path / "so.csv"
    path.write_text(FIRST)
    call_command("import_resources", str(path), dry_run=True)
    assert not ImportBatch.objects.exists()
    call_command("import_resources", str(path))
    call_command("import_resources", str(path))
    assert ImportBatch.objects.count() == 1


def test_a_big_file_is_left_to_the_worker(librarian_client, monkeypatch):
    monkeypatch.setattr("library.admin.views.imports.AT_ONCE", 10)
    file = SimpleUploadedFile("so.csv", FIRST.encode())
    librarian_client.post(reverse("library_imports:add"), {"file": file, "source": ""})
    batch = ImportBatch.objects.get()
    assert batch.state == ImportState.CHECKING
    page = librarian_client.get(reverse("library_imports:edit", args=[batch.pk])).content.decode()
    assert 'value="stop"' in page
    assert 'http-equiv="refresh"' in page


def test_others_may_not_load_anything(client, officer):
    client.force_login(officer)
    assert client.get(reverse("library_imports:add")).status_code in (302, 403)
    file = SimpleUploadedFile("so.csv", FIRST.encode())
    client.post(reverse("library_imports:add"), {"file": file})
    assert not ImportBatch.objects.exists()


def test_no_import_is_deleted(librarian_client):
    batch = handed_in(FIRST)
    librarian_client.post(reverse("library_imports:delete", args=[batch.pk]))
    assert ImportBatch.objects.exists()
