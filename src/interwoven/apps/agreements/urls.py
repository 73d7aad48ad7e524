from __future__ import annotations

from django.urls import path

from interwoven.apps.agreements import views

app_name = "agreements"

urlpatterns = [
    path("x-agreements-start/", views.to_come, name="start"),
]
