from allauth.account.auth_backends import AuthenticationBackend

from django.utils import timezone

from portal.accounts.domain import rights


class GrantBackend(AuthenticationBackend):
    """Signs people in as allauth does, and keeps their groups true to their grants from the first request of a day on."""

    def get_user(self, user_id):
        user = super().get_user(user_id)
        if user and user.rights_until and user.rights_until <= timezone.localdate():
            rights.follow_grants(user)
        return user
