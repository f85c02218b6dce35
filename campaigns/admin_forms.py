"""The editor's forms of news and events."""

from wagtail.admin.forms import WagtailAdminPageForm

from portal.places.choices import communes_to_choose


class NewsPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "commune" in self.fields:
            self.fields["commune"].queryset = communes_to_choose(self.instance.commune_id)


class EventPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "place" in self.fields:
            self.fields["place"].queryset = communes_to_choose(self.instance.place_id)
