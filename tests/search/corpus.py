"""Entries to compare the engines by: the real Vietnamese MARC records, when they are there, and generated ones."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pymarc import MARCReader, Record

from django.conf import settings

from portal.search.entry import OFFICER, PUBLIC, Entry

REAL = Path(settings.BASE_DIR).parent / "shared" / "samples" / "marc" / "vn_hcmut_library_part4_0001-0500.mrc"
TEXT = (
    "kỹ thuật trồng ngô lúa sắn lạc chè hạt dẻ cam quýt chăn nuôi lợn gà vịt trâu bò dê ong tằm cá nước đất rừng núi "
    "suối bản làng xã huyện tỉnh gia đình dòng họ cộng đồng đơn vị công dân học tập khuyến học khuyến tài hội tủ sách "
    "thư viện đọc viết tiếng Tày Nùng Việt Mông Dao hát then lượn sli múa lễ hội phong tục truyện cổ tích thơ ca bài "
    "giảng giáo trình toán lý hoá sinh sử địa máy tính mạng an toàn thông tin phòng chống ma tuý bạo lực sức khoẻ bà "
    "mẹ trẻ em người cao tuổi phụ nữ thanh niên nông dân hoà giải pháp luật quyết định kế hoạch hướng dẫn sổ tay mã "
    "má mà mạ hòa thủy thuỷ Đàm Thủy Trùng Khánh Cao Bằng do an to 387 2026 QĐ TTg"
)
WORDS = TEXT.split()
NAMES = ("Nguyễn Văn An", "Hoàng Thị Đào", "Nông Văn Tuấn", "Lý Thị Mã", "Triệu Văn Hòa", "Bế Thị Ngô")


def entries(number: int) -> list[Entry]:
    """The real records and `number` generated entries, always the same."""
    return [*_real(), *_generated(number)]


def _real() -> Iterator[Entry]:
    if not REAL.exists():
        return
    with REAL.open("rb") as file:
        for place, record in enumerate(MARCReader(file, to_unicode=True, force_utf8=True), start=1):
            yield _of_record(f"marc:{place}", record)


def _of_record(key: str, record: Record) -> Entry:
    notes = [field.format_field() for field in record.get_fields("300", "500", "520", "650", "700")]
    return Entry(
        key=key,
        kind="book",
        title=record.title or "Không có nhan đề",
        url=f"/{key}",
        body=" ".join(notes),
        persons=(record.author,) if record.author else (),
        facets={"level": (record.pubyear.strip(" .,c["),)} if record.pubyear else {},
    )


def _generated(number: int) -> Iterator[Entry]:
    chance = Random(2026)
    for place in range(1, number + 1):
        yield Entry(
            key=f"book:{place}",
            kind=chance.choice(("book", "book", "song")),
            title=_text(chance, 3, 9).capitalize(),
            url=f"/b/{place}",
            summary=_text(chance, 0, 20),
            body=_text(chance, 10, 60),
            other_titles=(_text(chance, 2, 4),) if chance.random() < 0.1 else (),
            subjects=tuple(_text(chance, 1, 3) for _ in range(chance.randrange(3))),
            persons=tuple(chance.sample(NAMES, chance.randrange(3))),
            language=chance.choice(("vi", "vi", "tyz")),
            audience=OFFICER if chance.random() < 0.05 else PUBLIC,
            facets={
                "subject": tuple(chance.sample(("crops", "health", "law", "songs"), chance.randrange(3))),
                "level": (chance.choice("123"),),
            },
            date=date(2020, 1, 1) + timedelta(days=chance.randrange(2000)),
            uses=chance.randrange(1000),
        )


def _text(chance: Random, fewest: int, most: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(fewest, most)))


def phrases(found: list[Entry], number: int) -> list[str]:
    """Two to four neighbours out of the titles of `found`, always the same."""
    chance = Random(600)
    titles = sorted({" ".join(entry.title.split()) for entry in found if len(entry.title.split()) > 1})
    picked: dict[str, None] = {}
    while len(picked) < number:
        words = chance.choice(titles).split()
        first = chance.randrange(len(words) - 1)
        picked[" ".join(words[first : first + chance.randint(2, 4)])] = None
    return list(picked)
