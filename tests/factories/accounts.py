"""People of the tests; the password is always PASSWORD."""

import datetime

import factory

from portal.accounts.enums import PLACE_ROLES, Role
from portal.accounts.models import Grant, User
from tests.factories.places import CommuneFactory

PASSWORD = "suoi-nuoc-nui-rung-2026"


class UserFactory(factory.django.DjangoModelFactory):
    """UserFactory(role=Role.EDITOR, place=...) also grants the role since 2025."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"canbo{number}")
    full_name = factory.Sequence(lambda number: f"Cán bộ mẫu {number}")
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class, *args, role=None, place=None, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        if role is not None:
            GrantFactory(
                user=user, role=role, place=place or (CommuneFactory() if role in PLACE_ROLES else None)
            )
            user.refresh_from_db()
        return user


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    user = factory.SubFactory(UserFactory)
    role = Role.VIEWER
    valid_from = datetime.date(2025, 7, 1)
