"""Log-ins to try the portal out with: one a role, labelled as samples, never on a real site."""

import datetime
import secrets
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from portal.accounts.enums import PLACE_ROLES, Role
from portal.accounts.models import Grant, User
from portal.places.models import Place

SAMPLE_COMMUNE = "01477"  # Xã Trùng Khánh
SINCE = datetime.date(2025, 7, 1)
# Names of sample people are data, Vietnamese in every language.
NAMES = {
    Role.EDITOR: ("bientap", "Cán bộ mẫu - Biên tập"),
    Role.APPROVER: ("duyetbai", "Cán bộ mẫu - Duyệt bài"),
    Role.LIBRARIAN: ("thuthu", "Cán bộ mẫu - Thủ thư"),
    Role.OFFICER: ("canboxa", "Cán bộ mẫu - Cán bộ xã"),
    Role.VERIFIER: ("thamdinh", "Cán bộ mẫu - Thẩm định"),
    Role.CLERK: ("thukyhoidong", "Cán bộ mẫu - Thư ký hội đồng"),
    Role.ISSUER: ("banhanh", "Cán bộ mẫu - Ban hành quyết định"),
    Role.ORGANISER: ("phutrach", "Cán bộ mẫu - Hội phụ trách đợt xét"),
    Role.VIEWER: ("hoikhuyenhoc", "Cán bộ mẫu - Hội Khuyến học"),
    Role.AUDITOR: ("kiemtra", "Cán bộ mẫu - Kiểm tra"),
    Role.ADMINISTRATOR: ("quantri", "Cán bộ mẫu - Quản trị"),
}


class Login(NamedTuple):
    username: str
    password: str
    role: str


@transaction.atomic
def load(commune: Place | None = None) -> list[Login]:
    """Create the missing sample people and their grants over `commune` (the sample commune).

    Passwords are random, made once, and kept in `VAR_DIR/demo-logins.txt`, readable by the owner only. A sample person
    who is there already keeps name and grants; one whose password the file lacks gets a new one.
    Needs the places (portal.places.domain.seed). Raises ImproperlyConfigured unless settings.DEMO is true.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo log-ins are only made where settings.DEMO is true.")
    today = timezone.localdate()
    commune = commune or Place.objects.by_code(SAMPLE_COMMUNE, today)
    passwords = _read()
    logins = []
    for role, (username, full_name) in NAMES.items():
        username += _ending(commune, today)
        known = username in passwords
        password = passwords.setdefault(username, _password())
        user, created = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
        if created or not known:
            user.set_password(password)
            user.save()
        if created:
            place = commune if role in PLACE_ROLES else None
            Grant.objects.create(user=user, role=role, place=place, valid_from=SINCE)
        logins.append(Login(username, password, str(role.label)))
    _write(passwords)
    return logins


@transaction.atomic
def remove(commune: Place) -> None:
    """Take the sample people of a commune away again, but those of the sample commune, with which the site began."""
    ending = _ending(commune, timezone.localdate())
    names = [username + ending for username, _full_name in NAMES.values() if ending]
    for user in User.objects.filter(username__in=names):
        _leave(user)
    _write({name: password for name, password in _read().items() if name not in names})


def _leave(user: User) -> None:
    """Who has left a trace in the books that stays is locked out."""
    try:
        with transaction.atomic():
            user.delete()
    except ProtectedError:
        user.is_active = False
        user.set_unusable_password()
        user.save()


def _ending(commune: Place, today: datetime.date) -> str:
    """What follows the names of log-ins of another commune than the sample one."""
    code = commune.at(today).code
    return "" if code == SAMPLE_COMMUNE else f".{code}"


def _password():
    """Four groups of four, without letters that look alike: to be typed from a screen or a sheet."""
    return "-".join(
        "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(4)) for _ in range(4)
    )


def _path() -> Path:
    return settings.VAR_DIR / "demo-logins.txt"


def _read() -> dict[str, str]:
    if not _path().exists():
        return {}
    return dict(line.split(" ", 1) for line in _path().read_text(encoding="utf-8").splitlines())


def _write(passwords: dict[str, str]) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text("".join(f"{name} {password}\n" for name, password in passwords.items()), encoding="utf-8")
