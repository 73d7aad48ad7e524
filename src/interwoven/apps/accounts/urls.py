"""The doors in and out. The names are the sign-in library's; the pages it has besides are not."""

from __future__ import annotations

from django.urls import path, re_path

from interwoven.apps.accounts import views

LINK = r"^password/new/(?P<uidb36>[0-9A-Za-z_-]+)-(?P<key>[0-9a-z]+-[0-9a-z]+)/$"

urlpatterns = [
    path("sign-up/", views.sign_up, name="account_signup"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("password/forgotten/", views.forgotten, name="account_reset_password"),
    path("password/forgotten/sent/", views.sent, name="account_reset_password_done"),
    path("password/new/done/", views.changed, name="account_reset_password_from_key_done"),
    path("password/another/", views.another_password, name="account_change_password"),
    path("me/address/", views.another_address, name="another_address"),
    re_path(LINK, views.new_password, name="account_reset_password_from_key"),
]
