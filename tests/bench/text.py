"""CPU time of folding and cutting titles into tokens: the cost of every query, and of every entry of the index."""

from collections.abc import Callable, Iterable
from time import process_time

from portal.text import fold, sort_key, syllables
from portal.text.syllables import PAIRS
from tests.bench.figure import Figure

# Between 54 and 67 characters, as the titles of the library are.
TITLES = (
    "Hướng dẫn đánh giá, công nhận danh hiệu Gia đình học tập 2026",
    "Kỹ thuật trồng và chăm sóc cây hạt dẻ ở vùng núi phía Bắc",
    "Đại hội Khuyến học xã Đàm Thuỷ bàn việc xây dựng tủ sách",
    "Tiếng Tày, tiếng Nùng: bài đọc thêm cho học sinh tiểu học",
    "Quyết định 387/QĐ-UBND về kế hoạch xây dựng xã hội học tập",
    "Hát giao duyên: nét đẹp của đồng bào Tày, Nùng ở Trùng Khánh",
)
ROUNDS = 400


def figures() -> Iterable[Figure]:
    """Microseconds of CPU for one title; the ceiling of 25 is for `fold` and `syllables` together."""
    yield Figure("text: fold and syllables of a title", _microseconds(_index), None, 25, "µs")
    yield Figure(
        "text: the same, no syllable known yet", _microseconds(_index_for_the_first_time), None, 60, "µs"
    )
    yield Figure("text: sort key of a title", _microseconds(sort_key), None, 25, "µs")


def _index(title: str) -> None:
    fold(title)
    syllables(title)


def _index_for_the_first_time(title: str) -> None:
    PAIRS.clear()
    _index(title)


def _microseconds(action: Callable[[str], object]) -> float:
    start = process_time()
    for _ in range(ROUNDS):
        for title in TITLES:
            action(title)
    return (process_time() - start) / (ROUNDS * len(TITLES)) * 1_000_000
