"""/api/v1/: the catalogue for programs. Lists go by key, so that the last page costs what the first one does."""

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.http import http_date, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.web.api import PublicView, answers

from ..domain.open_data.records import READ_WITH, document_data, resource_data, subject_data, subject_tree
from ..models import Classification, OfferedRecord, OfficialDocument, Resource, Subject
from .serializers import (
    DocumentPageSerializer,
    DocumentSerializer,
    DocumentWishes,
    ResourcePageSerializer,
    ResourceSerializer,
    ResourceWishes,
    RootSerializer,
    SubjectSerializer,
    SubjectTreeSerializer,
)


def root_of(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


class RootView(PublicView):
    @extend_schema(
        responses=answers(RootSerializer), operation_id="root", summary=gettext_lazy("Where everything is")
    )
    def get(self, request):
        addresses = {
            "resources": "api_resources",
            "subjects": "api_subjects",
            "documents": "api_documents",
            "search": "api_search",
            "description": "api_description",
            "open_data": "library:open_data",
        }
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in addresses.items()})


class ResourceListView(PublicView):
    @extend_schema(
        parameters=[ResourceWishes],
        responses=answers(ResourcePageSerializer, 404),
        operation_id="resources",
        summary=gettext_lazy("Learning resources, in the order of their numbers"),
    )
    def get(self, request):
        wishes = self.wishes(request, ResourceWishes)
        resources = _narrowed(Resource.objects.public(), wishes).prefetch_related(*READ_WITH)
        return Response(_page(request, resources, wishes, resource_data))


class ResourceView(PublicView):
    @extend_schema(
        responses=answers(ResourceSerializer, 404),
        operation_id="resource",
        summary=gettext_lazy("One learning resource"),
    )
    def get(self, request, pk: int):
        resource = _one(Resource.objects.public().prefetch_related(*READ_WITH), pk=pk)
        response = Response(resource_data(resource, root_of(request)))
        offered = OfferedRecord.objects.filter(pk=pk).values_list("datestamp", flat=True).first()
        # What stands beside its row changes it too: a subject that is renamed, a file that was made
        changed = max(filter(None, [resource.updated_at, offered]))
        response["Last-Modified"] = http_date(changed.timestamp())
        return response


class SubjectListView(PublicView):
    @extend_schema(
        responses=answers(SubjectTreeSerializer),
        operation_id="subjects",
        summary=gettext_lazy("The tree of subjects"),
    )
    def get(self, request):
        return Response({"results": subject_tree(list(Subject.objects.order_by("path")), root_of(request))})


class SubjectView(PublicView):
    @extend_schema(
        responses=answers(SubjectSerializer, 404),
        operation_id="subject",
        summary=gettext_lazy("One subject with those below it"),
    )
    def get(self, request, slug: str):
        subject = _one(Subject.objects, slug=slug)
        branch = list(Subject.objects.within(subject).order_by("path"))
        root = root_of(request)
        (below,) = subject_tree(branch, root)
        return Response(below | subject_data(subject, root))


class DocumentListView(PublicView):
    @extend_schema(
        parameters=[DocumentWishes],
        responses=answers(DocumentPageSerializer),
        operation_id="documents",
        summary=gettext_lazy("Official documents that direct the work, in the order of their keys"),
    )
    def get(self, request):
        wishes = self.wishes(request, DocumentWishes)
        exact = {name: wishes[name] for name in ("kind", "status") if name in wishes}
        documents = _since(OfficialDocument.objects.filter(**exact), wishes)
        return Response(_page(request, documents, wishes, document_data))


class DocumentView(PublicView):
    @extend_schema(
        responses=answers(DocumentSerializer, 404),
        operation_id="document",
        summary=gettext_lazy("One official document"),
    )
    def get(self, request, pk: int):
        document = _one(OfficialDocument.objects, pk=pk)
        response = Response(document_data(document, root_of(request)))
        response["Last-Modified"] = http_date(document.updated_at.timestamp())
        return response


def _one(rows: QuerySet, **key: Any) -> Model:
    found = rows.filter(**key).first()
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _narrowed(resources: QuerySet, wishes: Mapping[str, Any]) -> QuerySet:
    if kind := wishes.get("kind"):
        resources = resources.filter(kind=kind)
    if language := wishes.get("language"):
        also = resources.annotate(also=Cast("other_languages", TextField()))
        resources = also.filter(Q(language=language) | Q(also__contains=f'"{language}"'))
    if slug := wishes.get("subject"):
        subject = Subject.objects.filter(slug=slug).first()
        if subject is None:
            raise NotFound(_("There is no subject “%(slug)s”.") % {"slug": slug})
        branch = Subject.objects.within(subject).order_by()
        shelved = Classification.objects.filter(resource=OuterRef("pk"), subject__in=branch)
        resources = resources.filter(Exists(shelved))
    return _since(resources, wishes)


def _since(rows: QuerySet, wishes: Mapping[str, Any]) -> QuerySet:
    return rows.filter(updated_at__gte=wishes["updated_since"]) if "updated_since" in wishes else rows


def _page(
    request: Request, rows: QuerySet, wishes: Mapping[str, Any], data_of: Callable[[Any, str], dict]
) -> dict:
    limit, root = wishes["limit"], root_of(request)
    found = list(rows.filter(pk__gt=wishes["after"]).order_by("pk")[: limit + 1])
    shown = found[:limit]
    return {
        "next": _next(request, shown[-1].pk) if len(found) > limit else None,
        "results": [data_of(each, root) for each in shown],
    }


def _next(request: Request, after: int) -> str:
    query = request.query_params.dict() | {"after": after}
    return f"{request.build_absolute_uri(request.path)}?{urlencode(query)}"
