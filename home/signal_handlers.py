from django.db.models.signals import post_save
from django.dispatch import receiver

from home.domain import four_eyes
from home.models import HomePage


@receiver(post_save, sender=HomePage)
def a_new_language_is_under_four_eyes(instance, created, raw=False, **kwargs):
    if created and not raw:
        four_eyes.follow_translations(instance)
