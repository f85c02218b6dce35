"""The thread that brings the index up to date behind the requests of this process."""


def wake() -> None:
    """Rows of the outbox are waiting: drain them soon, in the background."""
