from allauth.account.views import LoginView

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


class SignInView(LoginView):
    def get_authenticated_redirect_url(self):
        """Whom the Wagtail admin sends here although they are signed in lacks the right to it, and it has told them so:
        leading them back to `next` would go in a circle."""
        return reverse("officer_home")


@never_cache
@login_required
def officer_home(request):
    """What the person signed in is here: their roles of today and where they lead."""
    grants = request.user.grants.active().select_related("place").order_by("role", "place__sort_key")
    return render(
        request,
        "accounts/officer_home.html",
        {
            "page_title": _("Officers' corner"),
            "grants": grants,
            "may_enter_admin": request.user.has_perm("wagtailadmin.access_admin"),
        },
    )
