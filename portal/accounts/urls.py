"""/can-bo/: signing in and the officers' corner. allauth's views under its own URL names, which it reverses.

There is no sign-up: accounts are made by an administrator. `allauth.mfa` (TOTP, recovery codes, passkeys) will add its
paths here; its login stage needs no change to these.
"""

from allauth.account import views as allauth

from django.urls import path, re_path

from portal.accounts import views

urlpatterns = [
    path("", views.officer_home, name="officer_home"),
    path("dang-nhap/", views.SignInView.as_view(), name="account_login"),
    path("dang-xuat/", allauth.logout, name="account_logout"),
    path("tai-khoan-khoa/", allauth.account_inactive, name="account_inactive"),
    path("doi-mat-khau/", allauth.password_change, name="account_change_password"),
    path("quen-mat-khau/", allauth.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "quen-mat-khau/xong/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
