from __future__ import annotations

from django.urls import path

from bench.floor import views

urlpatterns = [
    path("page/", views.page),
    path("write/", views.write),
    path("healthz", views.healthz),
]
