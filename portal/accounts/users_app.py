from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user management with our forms; named in INSTALLED_APPS in place of `wagtail.users`."""

    user_viewset = "portal.accounts.viewsets.UserViewSet"
