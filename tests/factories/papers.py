import datetime

import factory

from recognition.domain.papers import Annex, AnnexRow, DecisionPaper


def annex_rows(number: int) -> tuple[AnnexRow, ...]:
    return tuple(
        AnnexRow(f"Gia đình mẫu {serial}", f"Xóm Mẫu {serial % 12}", "Gia đình học tập")
        for serial in range(1, number + 1)
    )


class DecisionPaperFactory(factory.Factory):
    """Decides nothing and rests on nothing: a sample."""

    class Meta:
        model = DecisionPaper

    issuer = "Ủy ban nhân dân xã Mẫu"
    symbol = "QĐ-UBND"
    number = "5"
    place = "Mẫu"
    issued_on = datetime.date(2026, 2, 5)
    about = "Về việc công nhận danh hiệu mẫu"
    authority = "Chủ tịch Ủy ban nhân dân xã Mẫu"
    grounds = ("Căn cứ văn bản mẫu thứ nhất", "Theo đề nghị của hội đồng mẫu.")
    articles = ("Công nhận danh hiệu mẫu.", "Quyết định này là mẫu.")
    capacity = ("KT. Chủ tịch", "Phó Chủ tịch")
    signer = "Người Ký Mẫu"
    recipients = ("Như Điều 2;", "Lưu: VT.")
    annexes = factory.LazyFunction(lambda: (Annex("Danh sách mẫu", annex_rows(3)),))
