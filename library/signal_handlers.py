"""Rows that belong to a resource change what is found of it, whoever writes them."""

from django.db.models import Q
from django.db.models.signals import m2m_changed, post_delete, post_save

from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.places.models import PlaceVersion
from portal.places.signals import relabelled
from portal.search.outbox import changed

from .domain.offering.paths import path_changed
from .models import (
    Classification,
    Contribution,
    Identifier,
    LearningPath,
    Rendition,
    Resource,
    ResourceTag,
    Tag,
)


def connect() -> None:
    for model, owner in (
        (Contribution, "resource_id"),
        (Classification, "resource_id"),
        (Identifier, "resource_id"),
        (Rendition, "resource_id"),
        (ResourceTag, "content_object_id"),
    ):
        _follow(model, owner)
    post_save.connect(_tag_saved, sender=Tag)
    m2m_changed.connect(_subjects_set, sender=Classification)
    relabelled.connect(_places_relabelled)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_path_changed, sender=LearningPath)
    post_delete.connect(_path_changed, sender=LearningPath)


def _follow(model, owner: str) -> None:
    def owner_changed(instance, **kwargs):
        changed(Resource.search_prefix, [getattr(instance, owner)])

    post_save.connect(owner_changed, sender=model, weak=False, dispatch_uid=f"library-save-{model.__name__}")
    post_delete.connect(
        owner_changed, sender=model, weak=False, dispatch_uid=f"library-delete-{model.__name__}"
    )


def _subjects_set(instance, action, reverse, pk_set, **kwargs):
    """`resource.subjects.set()` writes its rows in bulk, without the signals of a save."""
    if action in ("post_add", "post_remove", "post_clear"):
        changed(Resource.search_prefix, pk_set or () if reverse else [instance.pk])


def _tag_saved(instance, created, **kwargs):
    if not created:
        changed(Resource.search_prefix, instance.tagged_items.values_list("content_object_id", flat=True))


def _places_relabelled(place_ids, **kwargs):
    """Records of a resource name the commune that it speaks of, also by the villages in it."""
    within = PlaceVersion.objects.filter(parent__in=place_ids).values("place")
    about = Resource.objects.filter(Q(place__in=place_ids) | Q(place__in=within))
    changed(Resource.search_prefix, about.order_by().values_list("pk", flat=True))


def _path_changed(instance, **kwargs):
    path_changed(instance)
