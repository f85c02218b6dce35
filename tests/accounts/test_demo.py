import stat

import pytest

from django.core.exceptions import ImproperlyConfigured

from portal.accounts.domain import demo
from portal.accounts.enums import Role
from portal.accounts.models import Grant, User
from portal.places.domain import seed

pytestmark = pytest.mark.django_db


@pytest.fixture
def var_dir(tmp_path, settings):
    settings.VAR_DIR = tmp_path / "var"
    seed.load()
    return settings.VAR_DIR


def test_there_is_one_sample_person_a_role_and_each_password_opens(var_dir):
    logins = demo.load()
    assert len(logins) == len(Role) == Grant.objects.count()
    for username, password, _label in logins:
        person = User.objects.get(username=username)
        assert person.check_password(password)
        assert person.full_name.startswith("Cán bộ mẫu")
        assert len(password) >= 14


def test_a_second_time_nothing_changes(var_dir):
    assert demo.load() == demo.load()
    assert User.objects.count() == len(Role)


def test_a_fresh_database_keeps_the_passwords_that_were_noted(var_dir):
    before = demo.load()
    User.objects.all().delete()
    assert demo.load() == before


def test_a_lost_note_means_new_passwords_that_open_too(var_dir):
    demo.load()
    (var_dir / "demo-logins.txt").unlink()
    assert all(
        User.objects.get(username=name).check_password(password) for name, password, _label in demo.load()
    )


def test_only_the_owner_can_read_the_note(var_dir):
    demo.load()
    assert stat.S_IMODE((var_dir / "demo-logins.txt").stat().st_mode) == 0o600


def test_a_real_site_gets_no_sample_people(settings):
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        demo.load()
    assert not User.objects.exists()
