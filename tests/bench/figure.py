"""One measured figure and its verdict."""

from dataclasses import asdict, dataclass

OK, SHORT, NOT_TESTED = "ok", "SHORT", "NOT TESTED"


@dataclass(frozen=True)
class Figure:
    """ours: what was measured, in `unit`; reference: the same of the raw engine or a bare page in the same run.

    ceiling: the most that `ours` may be, or with `at_least` the least that it must be; most_ratio: the most that it
    may be beside the reference. None: not bounded so.
    """

    name: str
    ours: float
    reference: float | None
    ceiling: float | None
    unit: str
    at_least: bool = False
    most_ratio: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def verdict(self) -> str:
        return OK if self._within_ceiling() and self._within_ratio() else SHORT

    def _within_ceiling(self) -> bool:
        if self.ceiling is None:
            return True
        return self.ours >= self.ceiling if self.at_least else self.ours <= self.ceiling

    def _within_ratio(self) -> bool:
        return self.most_ratio is None or self.ratio is None or self.ratio <= self.most_ratio

    def __str__(self) -> str:
        bounds = [
            f"{'>=' if self.at_least else '<='} {_short(self.ceiling)}" if self.ceiling is not None else "",
            f"<= {_short(self.most_ratio)}x" if self.most_ratio is not None else "",
        ]
        cells = [
            f"{_short(self.ours)} {self.unit}".strip(),
            _short(self.reference),
            _short(self.ratio),
            ", ".join(filter(None, bounds)),
        ]
        return " | ".join([self.name, *cells, self.verdict])

    def as_json(self) -> dict:
        return asdict(self) | {"ratio": self.ratio, "verdict": self.verdict}


@dataclass(frozen=True)
class NotTested:
    """A figure that could not be measured here, and why."""

    name: str
    reason: str
    verdict: str = NOT_TESTED

    def __str__(self) -> str:
        return f"{self.name} | - | - | - | {self.reason} | {self.verdict}"

    def as_json(self) -> dict:
        return asdict(self)


def _short(number: float | None) -> str:
    return "-" if number is None else f"{number:.4g}"
