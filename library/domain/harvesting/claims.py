"""Who is at work on a harvest: one process at a time, for as long as it gives signs of life.

A holder is named by its machine, its number there and when it began, so that one which was killed is known to be dead at
once on its own machine, and elsewhere when its lease has run out.
"""

import os
import socket
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from ...enums import HarvestState
from ...models import Harvest

LEASE = timedelta(minutes=15)  # each page begins it anew, and every few seconds of a wait


class LeaseLost(Exception):
    """Another process has taken the harvest over; nothing of the page in hand is written."""


class StopAsked(Exception):
    """Somebody wants the harvest to end."""


def myself() -> str:
    return _name(os.getpid())


@lru_cache(maxsize=4)
def _name(pid: int) -> str:
    return f"{socket.gethostname()[:20]}:{pid}:{_began(pid) or 0}"


def claim(harvest: Harvest) -> bool:
    """Become the one who works on it: True for one process only. What waits is begun, what somebody left behind goes on."""
    now = timezone.now()
    row = Harvest.objects.filter(pk=harvest.pk, state=harvest.state, holder=harvest.holder)
    if harvest.state == HarvestState.RUNNING and not is_left_behind(harvest, now):
        return False
    claimed = row.filter(state__in=HarvestState.at_work()).update(
        state=HarvestState.RUNNING,
        holder=myself(),
        lease_until=now + LEASE,
        started_at=Coalesce(F("started_at"), now),
    )
    harvest.refresh_from_db()
    return claimed == 1


def held(harvest: Harvest) -> Harvest:
    """The row as it is now, which nobody else changes until the transaction ends. Raises LeaseLost."""
    row = Harvest.objects.select_for_update().filter(
        pk=harvest.pk, holder=myself(), state=HarvestState.RUNNING
    )
    if (found := row.first()) is None:
        raise LeaseLost
    return found


def give_sign(harvest: Harvest) -> None:
    """While its source lets us wait: the lease begins anew. Raises LeaseLost, StopAsked."""
    mine = Harvest.objects.filter(pk=harvest.pk, holder=myself(), state=HarvestState.RUNNING)
    if not mine.update(lease_until=timezone.now() + LEASE):
        raise LeaseLost
    if mine.filter(cancel_asked=True).exists():
        raise StopAsked


def is_left_behind(harvest: Harvest, now: datetime) -> bool:
    """Is it said to run, while whoever did is dead or silent for too long?"""
    if harvest.state != HarvestState.RUNNING:
        return False
    return harvest.lease_until < now or _is_dead(harvest.holder)


def _is_dead(holder: str) -> bool:
    """Known only of processes of this machine."""
    host, _mark, rest = holder.rpartition(":")[0].partition(":")
    pid, began = rest, holder.rpartition(":")[2]
    if host != socket.gethostname()[:20] or not pid.isdecimal() or not Path("/proc/self/stat").exists():
        return False
    return _began(int(pid)) != began


def _began(pid: int) -> str | None:
    """In ticks since the machine started (proc(5), stat, 22); None when there is no such process, or it is a corpse."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]
