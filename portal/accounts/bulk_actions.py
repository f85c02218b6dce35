"""What an administrator does to several people at once; Wagtail's own actions know nothing of grants."""

from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from portal.accounts.permissions import may_delete_person


class LockAccounts(SetActiveStateBulkAction):
    """As for one account: nobody but a superuser locks a superuser."""

    def check_perm(self, person):
        return super().check_perm(person) and (self.request.user.is_superuser or not person.is_superuser)


class DeletePeople(DeleteBulkAction):
    """As for one account: who has held a role is locked, not deleted."""

    def check_perm(self, person):
        return super().check_perm(person) and bool(may_delete_person(person))


class NoGroups(AssignRoleBulkAction):
    """Groups follow grants: nobody is put into one by hand. The button stays, Wagtail lets none be taken away."""

    def check_perm(self, person):
        return False
