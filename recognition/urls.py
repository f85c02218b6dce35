from django.urls import path

from .views import criteria, honour_roll

app_name = "recognition"

urlpatterns = [
    path("mo-hinh-hoc-tap/", criteria.criteria_list, name="criteria"),
    path("mo-hinh-hoc-tap/<slug:slug>/", criteria.criteria_set, name="criteria_set"),
    path("vinh-danh/", honour_roll.honour_roll, name="honour_roll"),
]
