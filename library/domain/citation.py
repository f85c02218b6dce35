"""How to name a resource in a reader's own text. Pure."""

from ..models import Resource


def citation(resource: Resource, address: str) -> str:
    """ "Trần Trí Dõi; Lê Công (2019). Tên học liệu. Nhà xuất bản. https://…/r/12", parts not known left out."""
    names = "; ".join(each.name for each in resource.contributions.all())
    year = f"({resource.year})" if resource.year else ""
    head = " ".join(filter(None, [names, year]))
    parts = [part.rstrip(".") for part in (head, resource.title, resource.publisher) if part]
    return f"{'. '.join(parts)}. {address}"
