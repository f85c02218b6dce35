"""What an officer hands in: first a link, a photo or a file, then its description, then the librarian's answer.

A draft is only the material. Handed in, it is a resource that is `proposed`: no reader sees it, a librarian can edit it like
any other. Taking it shows it to readers; declining it leaves it hidden, with an answer for who sent it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date as Date
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from portal.search.outbox import changed

from ..enums import ProposalState, RenditionForm
from ..models import Proposal, Rendition, Resource
from ..tasks import look_for_duplicates_of
from .ingest import rewrite
from .look_alikes import LookAlike, look_alikes
from .material import Finding, look_at_address, look_at_file
from .renditions import take_in

KEPT_DRAFTS = timedelta(days=14)


class Decided(Exception):
    """Somebody has decided on it meanwhile."""


def name_of_file(proposal: Proposal) -> str:
    """As it is kept: "ke-hoach.pdf"; "" without a file."""
    return proposal.file.name.rpartition("/")[2] if proposal.file else ""


def begin(user, *, url: str = "", file: File | None = None, draft: Proposal | None = None) -> Proposal:
    """Keep the material, and note what it says of itself. `draft`: goes on with that one, whose file stays unless
    another one is given. Raises UploadRefused for a file that is not for the library."""
    proposal = draft or Proposal(proposed_by=user)
    if file:
        checked, finding = look_at_file(file)
        _drop_file(proposal)
        proposal.file, proposal.found = checked.file, asdict(finding)
    if url and url != proposal.url:
        seen = look_at_address(url)
        proposal.found = _together(proposal.found if proposal.file else {}, seen)
    proposal.url = url
    proposal.save()
    return proposal


def _together(of_file: Mapping[str, Any], of_address: Finding) -> dict[str, Any]:
    """What a file says counts more than the page from which it comes."""
    both = asdict(of_address)
    if of_file:
        both |= {"values": both["values"] | of_file["values"], "checksum": of_file["checksum"]}
        both |= {"form": of_file["form"], "rights": of_file["rights"] or both["rights"]}
        both["form_of_address"] = of_address.form
    return both


def duplicates_of(proposal: Proposal, title: str = "") -> list[LookAlike]:
    """What may be the same in the library already; `title`: as the sender has written it meanwhile."""
    values = proposal.found.get("values", {})
    return look_alikes(
        values | ({"title": title} if title else {}),
        urls=[proposal.url],
        checksum=proposal.found.get("checksum", ""),
        but=proposal.resource_id,
    )


@transaction.atomic
def hand_in(proposal: Proposal, values: Mapping[str, Any], *, note: str = "") -> None:
    """The sender has confirmed the description `values` (in the shape of `description`). Raises Decided when it is handed
    in already."""
    proposal = _locked(proposal, ProposalState.DRAFT)
    given = {
        name: proposal.found["values"][name]
        for name in ("publisher", "year", "identifiers")
        if proposal.found.get("values", {}).get(name)
    }
    resource = Resource(title=values["title"], kind=values["kind"], proposed=True)
    resource.save()
    rewrite(resource, given | {"source_url": proposal.url} | dict(values))
    if proposal.file:
        with proposal.file.open("rb") as stored:
            take_in(resource, File(stored, name=name_of_file(proposal)))
        _drop_file(proposal)
    if proposal.url:
        _add_link(resource, proposal)
    proposal.resource, proposal.note, proposal.state = resource, note, ProposalState.WAITING
    proposal.save()


def _add_link(resource: Resource, proposal: Proposal) -> None:
    found = proposal.found.get("form_of_address") or proposal.found.get("form")
    form = found if found in RenditionForm.values else RenditionForm.of_address(proposal.url)
    Rendition.objects.create(
        resource=resource, form=form, url=proposal.url, sort_order=resource.renditions.count()
    )


@transaction.atomic
def accept(proposal: Proposal, by, answer: str = "") -> Resource:
    """Readers see it from now on. Raises Decided."""
    proposal = _locked(proposal, ProposalState.WAITING)
    Resource.objects.filter(pk=proposal.resource_id).update(proposed=False)
    _decide(proposal, ProposalState.ACCEPTED, by, answer)
    look_for_duplicates_of([proposal.resource_id])
    return proposal.resource


@transaction.atomic
def decline(proposal: Proposal, by, answer: str) -> None:
    """It stays hidden; `answer` tells the sender why. Raises Decided, and ValueError for no answer."""
    if not answer.strip():
        raise ValueError("Who sent it is told why it is not taken.")
    _decide(_locked(proposal, ProposalState.WAITING), ProposalState.DECLINED, by, answer)


@transaction.atomic
def reopen(proposal: Proposal) -> None:
    """A declined one waits again: the librarian thinks better of it. Raises Decided."""
    proposal = _locked(proposal, ProposalState.DECLINED)
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.WAITING, None, None
    proposal.save()


@transaction.atomic
def discard(proposal: Proposal) -> None:
    """The sender thinks better of it. Raises Decided when it is handed in already."""
    proposal = _locked(proposal, ProposalState.DRAFT)
    _drop_file(proposal)
    proposal.delete()


def forget_drafts(today: Date) -> None:
    """The daily work: what nobody has handed in."""
    since = timezone.now() - KEPT_DRAFTS
    for draft in Proposal.objects.filter(state=ProposalState.DRAFT, created_at__lt=since):
        discard(draft)


def _decide(proposal: Proposal, state: ProposalState, by, answer: str) -> None:
    proposal.state, proposal.answer = state, answer.strip()
    proposal.decided_by, proposal.decided_at = by, timezone.now()
    proposal.save()
    changed(Resource.search_prefix, [proposal.resource_id])


def _locked(proposal: Proposal, state: ProposalState) -> Proposal:
    """The row as it is now. Raises Decided unless it is in `state`."""
    locked = Proposal.objects.select_for_update().filter(pk=proposal.pk, state=state).first()
    if locked is None:
        raise Decided
    return locked


def _drop_file(proposal: Proposal) -> None:
    if proposal.file and proposal.file._committed:
        name, storage = proposal.file.name, proposal.file.storage
        transaction.on_commit(lambda: storage.delete(name))
    proposal.file = ""
