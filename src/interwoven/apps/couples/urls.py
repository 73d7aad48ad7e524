from __future__ import annotations

from django.urls import path

from interwoven.apps.couples import views

app_name = "couples"

urlpatterns = [
    path("x-couples-invite/", views.to_come, name="invite"),
    path("x-couples-me/", views.to_come, name="me"),
]
