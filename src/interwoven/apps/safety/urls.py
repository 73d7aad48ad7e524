"""The ways out, and the truth about what stays. All of them open to anyone, signed in or not."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.safety import views

app_name = "safety"

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("help/worker.js", views.worker, name="worker"),
    path("exit/", views.leave, name="exit"),
    path("exit/about/", views.about_leaving, name="about_exit"),
    path("privacy/", views.who_sees_what, name="privacy"),
    path("traces/", views.traces, name="traces"),
    path("taken/", views.taken, name="taken"),
    path("keeper/", views.keeper, name="keeper"),
]
