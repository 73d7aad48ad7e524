"""The private lock: giving it, having forgotten it, setting it."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.locking import views

app_name = "locking"

urlpatterns = [
    path("me/lock/", views.lock, name="lock"),
    path("me/unlock/", views.unlock, name="unlock"),
    path("me/unlock/forgotten/", views.forgotten, name="forgotten"),
]
