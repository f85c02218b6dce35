from django.urls import path, re_path

from . import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    re_path(
        r"^sitemap-(?P<section>[a-z]+)-(?P<number>[0-9]{1,9})\.xml$", views.sitemap_part, name="sitemap_part"
    ),
]
