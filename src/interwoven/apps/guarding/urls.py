"""What guards signing in. One name is the library's; the other pages that it has are not there."""

from __future__ import annotations

from django.urls import include, path

from interwoven.apps.guarding import door, views

ours = [
    path("sign-in/passkey/", door.passkey, name="passkey_door"),
    path("me/sign-in/", views.overview, name="overview"),
    path("me/sign-in/codes/", views.codes, name="codes"),
    path("me/sign-in/recovery/", views.recovery, name="recovery"),
    path("me/sign-in/passkey/", views.passkey, name="passkey"),
    path("me/sign-in/passkey/remove/", views.remove_passkey, name="remove_passkey"),
]
urlpatterns = [
    path("sign-in/code/", door.after_password, name="mfa_authenticate"),
    path("", include((ours, "guarding"))),
]
