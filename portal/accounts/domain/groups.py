"""The groups behind the roles that work in the Wagtail admin, and what they may do there."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from portal.accounts.enums import ADMIN_ROLES, Role

# Names of rows in the database, Vietnamese in every language.
GROUP_NAMES = {
    Role.EDITOR: "Biên tập viên",
    Role.APPROVER: "Người duyệt bài",
    Role.LIBRARIAN: "Thủ thư",
    Role.ORGANISER: "Phụ trách của Hội",
    Role.ADMINISTRATOR: "Quản trị viên",
}
PAGE_RIGHTS = {
    Role.EDITOR: ("add_page", "change_page"),
    Role.APPROVER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    Role.LIBRARIAN: (),
    Role.ORGANISER: (),
    Role.ADMINISTRATOR: (
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ),
}
ALL = ("add", "change", "delete", "view")
# (app, model) of other rooms: what an approver may do besides approving pages
APPROVER_RIGHTS = {
    ("campaigns", "topic"): ALL,
    ("campaigns", "observanceday"): ALL,
    ("cms", "alertbanner"): ALL,
    ("home", "contactmessage"): ("change", "view"),  # read and tick off
}
SEARCH_MODELS = (
    "synonymgroup",
    "pick",
    "askedquery",
)  # what a librarian teaches the search, and learns from it
FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)


@transaction.atomic
def sync():
    """Make the groups and give them exactly the rights listed here.

    To be run after each upgrade: a model that does not exist yet is simply not among the rights. Page rights are given at
    the root of the tree, so that they hold for the site in every language.
    """
    for role in ADMIN_ROLES:
        group, _created = Group.objects.get_or_create(name=GROUP_NAMES[role])
        group.permissions.set(_model_rights(role))
        _set_page_rights(group, PAGE_RIGHTS[role])
        if role != Role.ORGANISER:
            _set_file_rights(group, role)


def _model_rights(role):
    if role == Role.ADMINISTRATOR:
        return Permission.objects.all()
    rights = Q(content_type__app_label="wagtailadmin", codename="access_admin")
    if role == Role.ORGANISER:  # what they may do with criteria sets follows their role itself
        return Permission.objects.filter(rights | Q(codename="view_criteriaset"))
    if role == Role.LIBRARIAN:
        rights |= Q(content_type__app_label="library")
        rights |= Q(content_type__app_label="search", content_type__model__in=SEARCH_MODELS)
    else:
        rights |= Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    if role == Role.APPROVER:
        for (app, model), actions in APPROVER_RIGHTS.items():
            codenames = [f"{action}_{model}" for action in actions]
            rights |= Q(content_type__app_label=app, codename__in=codenames)
    return Permission.objects.filter(rights)


def _set_page_rights(group, codenames):
    root = Page.get_first_root_node()
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    group.page_permissions.exclude(page=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)


def _set_file_rights(group, role):
    codenames = FILE_RIGHTS
    if role == Role.ADMINISTRATOR:
        codenames += (
            "delete_image",
            "delete_document",
            "add_collection",
            "change_collection",
            "delete_collection",
        )
    root = Collection.get_first_root_node()
    labels = ("wagtailimages", "wagtaildocs", "wagtailcore")
    wanted = Permission.objects.filter(content_type__app_label__in=labels, codename__in=codenames)
    group.collection_permissions.exclude(collection=root, permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
