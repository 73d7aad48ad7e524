"""Leaving a couple, and erasing oneself. Neither asks anybody else."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.leaving import views

app_name = "leaving"

urlpatterns = [
    path("me/leave/", views.leave, name="leave"),
    path("me/left/", views.left, name="left"),
    path("me/erase/", views.erase, name="erase"),
]
