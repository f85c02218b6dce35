"""The workflow of the home page holds in every language."""

from wagtail.models import WorkflowPage

from home.models import HomePage


def follow_translations(home: HomePage) -> None:
    """Give a home page without a workflow that of its translation: what is translated is approved by a second person too.

    A workflow that somebody chose for this page stays.
    """
    if WorkflowPage.objects.filter(page=home).exists():
        return
    of_others = WorkflowPage.objects.filter(page__in=home.get_translations(), workflow__active=True)
    if (found := of_others.order_by("page__path").first()) is not None:
        WorkflowPage.objects.create(page=home, workflow=found.workflow)
