from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    label = "library"
    verbose_name = _("Library")

    def ready(self):
        from portal.accounts import desk as officers_desk
        from portal.cms import dashboard, frame
        from portal.cms import sitemaps as site_sitemaps
        from portal.search import background, outbox, sources
        from portal.web import daily

        from . import checks as checks  # registers itself
        from . import (
            harvest_tasks,
            link_tasks,
            proposal_desk,
            rendition_signals,
            signal_handlers,
            sitemaps,
            training_desk,
        )
        from .admin import todo
        from .domain import duplicates, enquiries, proposing, usage, validity
        from .domain.offering import keeping_up
        from .domain.open_data import files as open_data_files
        from .models import OfferingTask, Resource, Subject
        from .search.sources import DocumentSource, ResourceSource

        sources.register(ResourceSource())
        sources.register(DocumentSource())
        site_sitemaps.register("resources", sitemaps.ResourceSection())
        site_sitemaps.register("documents", sitemaps.OfficialDocumentSection())
        frame.follow(Subject)
        outbox.also_tell(Resource.search_prefix, OfferingTask.note)
        background.register(keeping_up.catch_up)
        signal_handlers.connect()
        rendition_signals.connect()
        for supplier in todo.SUPPLIERS:
            dashboard.register(supplier)
        daily.register("library-open-data", open_data_files.make_all)
        daily.at_every_look(open_data_files.make_what_changed)
        daily.register("library-usage", usage.roll_up)
        daily.register("library-enquiries", enquiries.forget)
        daily.register("library-validity", validity.tell_the_search)
        daily.register("library-links", link_tasks.begin)
        daily.register("library-drafts", proposing.forget_drafts)
        daily.at_every_look(harvest_tasks.begin_what_is_due)
        officers_desk.register(proposal_desk.proposal_entries)
        daily.register("library-duplicates", duplicates.find_all)
        officers_desk.register(training_desk.training_entries)
