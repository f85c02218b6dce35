"""What everybody may read: criteria, the honour roll, papers proved."""

from django.urls import path

from ..views import awards, criteria, honour_roll

urlpatterns = [
    path("mo-hinh-hoc-tap/", criteria.criteria_list, name="criteria"),
    path("mo-hinh-hoc-tap/<slug:slug>/", criteria.criteria_set, name="criteria_set"),
    path("vinh-danh/", honour_roll.honour_roll, name="honour_roll"),
    path("vinh-danh/bang/", honour_roll.honour_roll_sheet, name="honour_roll_sheet"),
    path("giay/", awards.ask, name="award_ask"),
    path("giay/<str:serial>/", awards.award, name="award"),
]
