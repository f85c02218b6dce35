from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views.users import DeleteView, EditView
from wagtail.users.views.users import IndexView as PersonListView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from portal.accounts.forms import GrantForm, PersonEditForm, PersonForm
from portal.accounts.models import Grant
from portal.accounts.permissions import may_delete_grant, may_delete_person
from portal.web.admin_lists import FoldedIndexView, SearchedFolded


class KeepsHistory:
    """Mixin of a delete view: what `may_delete` refuses stays, and the person reads why."""

    may_delete = None

    def dispatch(self, request, *args, **kwargs):
        allowed = type(self).may_delete(self.object)
        if allowed:
            return super().dispatch(request, *args, **kwargs)
        messages.error(request, allowed.reason)
        return redirect(self.edit_url_name, quote(self.object.pk))


class PersonDeleteView(KeepsHistory, DeleteView):
    may_delete = may_delete_person


class PersonIndexView(SearchedFolded, PersonListView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("grants")

    def get_delete_url(self, person):
        return super().get_delete_url(person) if may_delete_person(person) else None


class PersonEditView(EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.can_delete = self.can_delete and bool(may_delete_person(self.object))

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserViewSet(WagtailUserViewSet):
    ordering = "sort_key"
    search_fields = ["full_name", "username", "email"]
    index_view_class = PersonIndexView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonForm


class GrantIndexView(FoldedIndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("user", "place")

    def get_delete_url(self, grant):
        return super().get_delete_url(grant) if may_delete_grant(grant) else None


class GrantEditView(generic.EditView):
    @cached_property
    def can_delete(self):
        return super().can_delete and bool(may_delete_grant(self.object))


class GrantDeleteView(KeepsHistory, generic.DeleteView):
    may_delete = may_delete_grant


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
    edit_view_class = GrantEditView
    delete_view_class = GrantDeleteView
    ordering = ["user__sort_key", "role"]

    def get_form_class(self, for_update=False):
        return GrantForm
