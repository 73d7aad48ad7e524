from __future__ import annotations

from django.urls import path

from interwoven.apps.checkins import views

app_name = "checkins"

urlpatterns = [
    path("x-checkins-checkin/", views.to_come, name="checkin"),
    path("x-checkins-together/", views.to_come, name="together"),
    path("x-checkins-map/", views.to_come, name="map"),
]
