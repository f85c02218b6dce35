from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.accounts.domain import rights
from portal.accounts.models import Grant, User


@receiver(post_save, sender=Grant)
def rights_follow_a_saved_grant(instance, raw=False, **kwargs):
    if not raw:
        rights.follow_grants(User.objects.get(pk=instance.user_id))


@receiver(post_delete, sender=Grant)
def rights_follow_a_deleted_grant(instance, origin=None, **kwargs):
    person = User.objects.filter(pk=instance.user_id).first()
    if person:  # gone when the grant falls with its person
        rights.follow_grants(person)
