from django.urls import reverse


def address(name: str, *args) -> str:
    return reverse(f"recognition:{name}", args=args)
