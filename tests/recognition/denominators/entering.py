"""What the tests of the denominators type."""

from recognition.enums import DenominatorKind

HOUSEHOLDS = DenominatorKind.HOUSEHOLDS
PAPER = {"as_of": "30/11/2025", "source_document": "Báo cáo 12/BC-UBND", "reason": ""}


def page(place, year=2025):
    return f"/can-bo/mau-so/{place.pk}/?nam={year}"


def name(place, kind=HOUSEHOLDS):
    return f"n-{place.pk}-{kind}"


def enter(client, user, commune, numbers, **paper):
    client.force_login(user)
    data = PAPER | paper | {name(*key): value for key, value in numbers.items()}
    return client.post(page(commune), data)


def check(client, user, commune, *rows):
    client.force_login(user)
    chosen = [f"{row.pk}:{row.value}" for row in rows]
    return client.post(f"/can-bo/mau-so/{commune.pk}/chot/?nam=2025", {"so": chosen}, follow=True)


def text_of(response):
    return response.content.decode()
