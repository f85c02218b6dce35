"""Following places through their changes; pure functions over `PlaceChange`-like objects."""

from collections import defaultdict
from decimal import Decimal
from itertools import groupby


def follow(place_id, changes):
    """Where one place has gone. -> {place id: share of `place_id` that it holds}, shares are Decimals in (0, 1].

    `changes`: objects with source_id, target_id, date, share, in order of date. What no change takes away stays with the
    place itself. Changes of one day are one act: nothing moves twice on one day.
    """
    held = {place_id: Decimal(1)}
    for _date, of_the_day in groupby(changes, key=lambda change: change.date):
        moves = defaultdict(Decimal)
        for change in of_the_day:
            moved = held.get(change.source_id, Decimal(0)) * change.share
            moves[change.source_id] -= moved
            moves[change.target_id] += moved
        for place, moved in moves.items():
            held[place] = held.get(place, Decimal(0)) + moved
    return {place: share for place, share in held.items() if share > 0}


def trace_back(place_id, changes):
    """The ids of all places that went into `place_id`, itself included. `changes` as above, latest first."""
    origins = {place_id}
    for _date, of_the_day in groupby(changes, key=lambda change: change.date):
        origins |= {change.source_id for change in list(of_the_day) if change.target_id in origins}
    return origins
