"""A ledger of a small library, as it is kept in a sheet."""

LEDGER = "Mã sách;Tên sách;Tác giả;Năm XB;Ngôn ngữ;Chủ đề;Từ khóa\n"


def ledger(*rows: str) -> str:
    return LEDGER + "".join(f"{row}\n" for row in rows)
