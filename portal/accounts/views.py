from allauth.account.views import LoginView

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts import desk


class SignInView(LoginView):
    def get_authenticated_redirect_url(self):
        """Whom the Wagtail admin sends here although they are signed in lacks the right to it, and it has told them so:
        leading them back to `next` would go in a circle."""
        return reverse("officer_home")


@never_cache
@login_required
def officer_home(request):
    """Who the person signed in is here - their roles of today, where and until when - and what each room has for them."""
    grants = request.user.grants.active().select_related("place").order_by("role", "place__sort_key")
    return render(
        request,
        "accounts/officer_home.html",
        {
            "page_title": _("Officers' corner"),
            "breadcrumbs": [(_("Home"), "/"), (_("Officers' corner"), "")],
            "grants": grants,
            "sections": desk.sections(request),
        },
    )
