"""One measured figure and its verdict."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """ours: what was measured, in `unit`; reference: the same of the raw engine or a bare page in the same run.

    ceiling: the most that `ours` may be, or with `at_least` the least that it must be.
    """

    name: str
    ours: float
    reference: float | None
    ceiling: float
    unit: str
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        return self.ours / self.reference if self.reference else None

    @property
    def verdict(self) -> str:
        reached = self.ours >= self.ceiling if self.at_least else self.ours <= self.ceiling
        return "ok" if reached else "SHORT"

    def __str__(self) -> str:
        bound = f"{'>=' if self.at_least else '<='} {_short(self.ceiling)}"
        cells = [
            f"{_short(self.ours)} {self.unit}".strip(),
            _short(self.reference),
            _short(self.ratio),
            bound,
        ]
        return " | ".join([self.name, *cells, self.verdict])

    def as_json(self) -> dict:
        return asdict(self) | {"ratio": self.ratio, "verdict": self.verdict}


def _short(number: float | None) -> str:
    return "-" if number is None else f"{number:.4g}"
