from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import EditView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from portal.accounts.forms import GrantForm, PersonEditForm, PersonForm
from portal.accounts.models import Grant


class PersonEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(WagtailUserViewSet):
    ordering = "sort_key"
    search_fields = ["full_name", "username", "email"]
    edit_view_class = PersonEditView
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonForm


class GrantIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user", "place")


class GrantViewSet(ModelViewSet):
    """Who holds which role, over which place, how long. Only administrators have the rights to this model."""

    model = Grant
    name = "grants"
    icon = "key"
    menu_label = _("Roles of people")
    menu_order = 601  # below the people themselves
    add_to_settings_menu = True
    form_class = GrantForm
    list_display = ["user", Column("get_role_display", label=_("Role")), "place", "valid_from", "valid_to"]
    list_filter = ["role", "valid_to"]
    search_fields = ["user__full_name", "user__username", "place__label"]
    index_view_class = GrantIndexView
    ordering = ["user__sort_key", "role"]

    def get_form_class(self, for_update=False):
        return GrantForm
