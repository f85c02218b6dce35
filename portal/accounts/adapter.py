from allauth.account.adapter import DefaultAccountAdapter

from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from portal.web.client_address import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator; people sign in with their name or e-mail address."""

    WRONG = _("The sign-in name or the password is not right. Please look at both and try again.")
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is locked. Please ask the administrator."),
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "too_many_login_attempts": _(
            "The password was wrong too often, so signing in is closed for 5 minutes. "
            "Please wait, or choose «Forgotten password»."
        ),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("Please type your present password."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The site's own rule; allauth's answers 500 to a request that did not pass all the proxies."""
        return client_address(request)

    def is_safe_url(self, url):
        """Nobody is led to another host after signing in, whatever hosts the site answers for."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, self.request.is_secure())
