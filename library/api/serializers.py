"""What the answers of the API look like, for its description; `domain.open_data.records` makes them. And what may be asked."""

import datetime

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from django.utils.translation import gettext_lazy as _

from ..enums import (
    Audience,
    ContributorRole,
    DocumentKind,
    DocumentStatus,
    IdentifierScheme,
    Kind,
    Language,
    Level,
    RenditionForm,
    RenditionPurpose,
)

LARGEST_KEY = 2**63 - 1
MOST, USUAL = 200, 50  # results of one answer
EARLIEST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(9000, 1, 1, tzinfo=datetime.UTC)


class CreatorSerializer(serializers.Serializer):
    name = serializers.CharField()
    role = serializers.ChoiceField(ContributorRole.choices)


class SubjectNameSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class IdentifierSerializer(serializers.Serializer):
    scheme = serializers.ChoiceField(IdentifierScheme.choices)
    value = serializers.CharField()


class FileSerializer(serializers.Serializer):
    url = serializers.URLField()
    form = serializers.ChoiceField(RenditionForm.choices)
    purpose = serializers.ChoiceField(RenditionPurpose.choices)
    label = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(Language.choices, allow_null=True)
    media_type = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField(allow_null=True, help_text=_("In bytes."))


class ResourceSerializer(serializers.Serializer):
    id = serializers.IntegerField(help_text=_("For ever: it is never given to another resource."))
    url = serializers.URLField(help_text=_("The address of its page, for ever."))
    title = serializers.CharField()
    other_titles = serializers.ListField(child=serializers.CharField())
    kind = serializers.ChoiceField(Kind.choices)
    level = serializers.ChoiceField(Level.choices, allow_null=True)
    audience = serializers.ChoiceField(Audience.choices)
    languages = serializers.ListField(
        child=serializers.ChoiceField(Language.choices), help_text=_("ISO 639-3, the main language first.")
    )
    creators = CreatorSerializer(many=True)
    publisher = serializers.CharField(allow_blank=True)
    year = serializers.IntegerField(allow_null=True)
    abstract = serializers.CharField(allow_blank=True)
    subjects = SubjectNameSerializer(many=True)
    tags = serializers.ListField(child=serializers.CharField())
    identifiers = IdentifierSerializer(many=True)
    licence = serializers.CharField(
        help_text=_("SPDX identifier, an address at rightsstatements.org, or “unknown”.")
    )
    licence_url = serializers.CharField(allow_blank=True)
    rights_holder = serializers.CharField(allow_blank=True)
    age_from = serializers.IntegerField(allow_null=True)
    age_to = serializers.IntegerField(allow_null=True)
    page_count = serializers.IntegerField(allow_null=True)
    duration_minutes = serializers.IntegerField(allow_null=True)
    place = serializers.CharField(allow_blank=True)
    files = FileSerializer(many=True)
    source_url = serializers.CharField(allow_blank=True)
    reviewer = serializers.CharField(allow_blank=True)
    reviewed_on = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class DocumentSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    url = serializers.URLField()
    number = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(DocumentKind.choices)
    issuers = serializers.ListField(child=serializers.CharField())
    issue_date = serializers.DateField(allow_null=True)
    effective_date = serializers.DateField(allow_null=True)
    subject = serializers.CharField()
    field = serializers.CharField()
    status = serializers.ChoiceField(DocumentStatus.choices)
    replaced_by = serializers.CharField(allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SubjectSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    parent = serializers.CharField(allow_null=True, help_text=_("Slug of the broader subject."))
    url = serializers.URLField()
    children = serializers.SerializerMethodField()

    @extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/Subject"}})
    def get_children(self, subject):
        """Described here, made by `records.subject_tree`."""


class SubjectTreeSerializer(serializers.Serializer):
    results = SubjectSerializer(many=True)


class PageSerializer(serializers.Serializer):
    next = serializers.URLField(
        allow_null=True, help_text=_("The address of what follows; null at the end of the list.")
    )


class ResourcePageSerializer(PageSerializer):
    results = ResourceSerializer(many=True)


class DocumentPageSerializer(PageSerializer):
    results = DocumentSerializer(many=True)


class RootSerializer(serializers.Serializer):
    resources = serializers.URLField()
    subjects = serializers.URLField()
    documents = serializers.URLField()
    search = serializers.URLField()
    description = serializers.URLField(help_text=_("This description, OpenAPI 3."))
    open_data = serializers.URLField(help_text=_("Everything in one file, and under which licence."))


class PageWishes(serializers.Serializer):
    after = serializers.IntegerField(
        min_value=0,
        max_value=LARGEST_KEY,
        default=0,
        help_text=_("Only what comes after this key. Follow “next” rather than counting yourself."),
    )
    limit = serializers.IntegerField(
        min_value=1, max_value=MOST, default=USUAL, help_text=_("How many results at most.")
    )
    updated_since = serializers.DateTimeField(
        default_timezone=datetime.UTC,
        required=False,
        help_text=_("Only what has changed since then, for example 2026-11-26T00:00:00Z."),
    )

    def validate_updated_since(self, moment: datetime.datetime) -> datetime.datetime:
        """Within what every database can take into UTC."""
        return min(max(moment, EARLIEST), LATEST)


class ResourceWishes(PageWishes):
    language = serializers.ChoiceField(
        Language.choices, required=False, help_text=_("In this language, or also in it.")
    )
    kind = serializers.ChoiceField(Kind.choices, required=False)
    subject = serializers.SlugField(
        max_length=60, required=False, help_text=_("Slug of a subject; what is narrower is included.")
    )


class DocumentWishes(PageWishes):
    kind = serializers.ChoiceField(DocumentKind.choices, required=False)
    status = serializers.ChoiceField(DocumentStatus.choices, required=False)
