"""The table of awkward texts that every function of `portal.text` must agree on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Vector:
    text: str
    folded: str
    tokens: list[tuple[str, str]]
    slug: str


VECTORS = {
    "a title": Vector(
        "Đại hội Khuyến học",
        "dai hoi khuyen hoc",
        [("dai", "dai95"), ("hoi", "hoi65"), ("khuyen", "khuyen61"), ("hoc", "hoc5")],
        "dai-hoi-khuyen-hoc",
    ),
    "capitals": Vector("ĐÀM THỦY", "dam thuy", [("dam", "dam92"), ("thuy", "thuy3")], "dam-thuy"),
    "tone on the first vowel": Vector(
        "hòa thủy", "hoa thuy", [("hoa", "hoa2"), ("thuy", "thuy3")], "hoa-thuy"
    ),
    "tone on the second vowel": Vector(
        "hoà thuỷ", "hoa thuy", [("hoa", "hoa2"), ("thuy", "thuy3")], "hoa-thuy"
    ),
    "i and y": Vector("quí quý", "qui quy", [("qui", "qui1"), ("quy", "quy1")], "qui-quy"),
    "tone on the u of qu": Vector("qúy", "quy", [("quy", "quy1")], "quy"),
    "two horns, one horn": Vector("ươ uơ", "uo uo", [("uo", "uo77"), ("uo", "uo7")], "uo-uo"),
    "quality before tone": Vector("ặ", "a", [("a", "a85")], "a"),
    "đ alone": Vector("Đ đ", "d d", [("d", "d9"), ("d", "d9")], "d-d"),
    "Icelandic eth for đ": Vector("Ðình", "dinh", [("dinh", "dinh92")], "dinh"),
    "Tày and Nùng digraphs": Vector(
        "slương pjạ phjải bjoóc mjầu",
        "sluong pja phjai bjooc mjau",
        [
            ("sluong", "sluong77"),
            ("pja", "pja5"),
            ("phjai", "phjai3"),
            ("bjooc", "bjooc1"),
            ("mjau", "mjau62"),
        ],
        "sluong-pja-phjai-bjooc-mjau",
    ),
    "apostrophe in a word": Vector("H’Mông", "h'mong", [("h", "h"), ("mong", "mong6")], "hmong"),
    "number of a document": Vector(
        "Số 387/QĐ-UBND",
        "so 387/qd-ubnd",
        [("so", "so61"), ("387", "387"), ("qd", "qd9"), ("ubnd", "ubnd")],
        "so-387-qd-ubnd",
    ),
    "word that ends in digits": Vector(
        "hoa2 hòa2", "hoa2 hoa2", [("hoa2", "hoa2_"), ("hoa2", "hoa2_2")], "hoa2-hoa2"
    ),
    "full-width forms": Vector("Ｈọｃ　１２", "hoc 12", [("hoc", "hoc5"), ("12", "12")], "hoc-12"),
    "foreign letters": Vector(
        "Müller, Søster, Straße",
        "muller, soster, strasse",
        [("muller", "muller0"), ("soster", "soster0"), ("strasse", "strasse")],
        "muller-soster-strasse",
    ),
    "typographic quotes and dash": Vector(
        "“Tủ sách” – 2026",
        '"tu sach" - 2026',
        [("tu", "tu3"), ("sach", "sach1"), ("2026", "2026")],
        "tu-sach-2026",
    ),
    "emoji": Vector("🎓 học 👨‍👩‍👧 1️⃣", "🎓 hoc 👨👩👧 1", [("hoc", "hoc5"), ("1", "1")], "hoc-1"),
    "zero-width characters": Vector("h\u200bọ\u2060c\ufeff", "hoc", [("hoc", "hoc5")], "hoc"),
    "lone combining marks": Vector("\u0301 \u0323\u0302", " ", [], ""),
    "mark before a word": Vector("\u0301an", "an", [("an", "an")], "an"),
    "Han characters": Vector("越南", "越南", [("越南", "越南")], ""),
    "Thai vowel signs": Vector("ที่", "ที่", [("ที่", "ที่")], ""),
    "empty": Vector("", "", [], ""),
    "white space": Vector(" \t\n", " \t\n", [], ""),
}
