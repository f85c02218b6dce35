"""Which column of a sheet says what: our own headings, and those of Vietnamese ledgers in any order."""

from collections.abc import Iterable, Mapping, Sequence

from portal.web.imports.table import Cell

from ...codes import key

# Our name of a column -> what else stands above such columns; compared folded.
SYNONYMS = {
    "key": (
        "mã học liệu",
        "mã tài liệu",
        "mã sách",
        "mã",
        "số cá biệt",
        "số đăng ký cá biệt",
        "số ĐKCB",
        "ĐKCB",
        "số đăng ký",
    ),
    "title": (
        "nhan đề",
        "nhan đề chính",
        "tên sách",
        "tên tài liệu",
        "tên học liệu",
        "tên ấn phẩm",
        "tiêu đề",
        "tựa đề",
        "tên",
    ),
    "alternative_titles": ("nhan đề khác", "tên khác", "nhan đề song song", "tên gốc"),
    "volume": ("tập", "quyển", "số tập", "phần"),
    "creators": (
        "tác giả",
        "tên tác giả",
        "họ tên tác giả",
        "tác giả chính",
        "người soạn",
        "tác giả tập thể",
        "author",
    ),
    "translator": ("người dịch", "dịch giả"),
    "editor": ("chủ biên", "biên tập", "người biên soạn", "biên soạn"),
    "publisher": ("nhà xuất bản", "NXB", "nơi phát hành", "cơ quan ban hành", "đơn vị phát hành"),
    "year": ("năm xuất bản", "năm XB", "năm in", "năm phát hành", "năm", "thời gian xuất bản"),
    "page_count": ("số trang", "trang", "tổng số trang"),
    "language": ("ngôn ngữ", "ngôn ngữ tài liệu", "tiếng", "thứ tiếng"),
    "kind": ("loại", "loại tài liệu", "loại hình", "dạng tài liệu", "thể loại", "loại sách"),
    "subject": ("chủ đề", "lĩnh vực", "môn loại", "phân loại", "đề mục"),
    "level": ("cấp học", "trình độ", "bậc học"),
    "audience": ("đối tượng", "đối tượng sử dụng", "bạn đọc"),
    "licence": ("giấy phép", "bản quyền", "quyền sử dụng"),
    "rights_holder": ("chủ sở hữu quyền", "chủ sở hữu bản quyền"),
    "isbn": ("ISBN", "số ISBN", "mã ISBN"),
    "issn": ("ISSN", "số ISSN"),
    "doi": ("DOI",),
    "url": ("đường dẫn", "liên kết", "link", "địa chỉ", "địa chỉ trang", "đường link", "website"),
    "abstract_vi": ("tóm tắt", "nội dung tóm tắt", "mô tả", "giới thiệu", "nội dung", "abstract"),
    "source_url": ("nguồn", "nơi tìm thấy", "trang nguồn"),
    "tags": ("từ khóa", "từ khoá", "thẻ", "từ khóa tự do"),
    "visibility": ("ai được xem", "phạm vi"),
}
NAMES = {key(word): name for name, words in SYNONYMS.items() for word in (name, *words)}
KNOWN_TO_BE_A_TABLE = 2  # headings of ours in one row
OWN = ("key", "title", "kind", "subject", "level", "url")  # literally: a sheet of our own format


def is_heading(cells: Sequence[Cell]) -> bool:
    """Is this the heading row? It names the title and one thing more."""
    names = {NAMES.get(key(cell)) for cell in cells if isinstance(cell, str)}
    return "title" in names and len(names - {None}) >= KNOWN_TO_BE_A_TABLE


class Columns:
    """The columns of one sheet. `own`: it is in our own format, whose rules are strict."""

    def __init__(self, headings: Iterable[str]):
        self.headings: Mapping[str, str] = {}
        for heading in headings:
            name = NAMES.get(key(heading))
            if name and (name not in self.headings or heading == name):
                self.headings[name] = heading  # of two that say the same the first counts, unless one is ours
        self.own = all(self.headings.get(name) == name for name in OWN)

    def understood(self, headings: Iterable[str]) -> list[tuple[str, str]]:
        """(heading, our name of the column) in the order of the sheet; "" for what is left out."""
        names = {heading: name for name, heading in self.headings.items()}
        return [(heading, names.get(heading, "")) for heading in headings]

    def __contains__(self, name: str) -> bool:
        return name in self.headings
