"""Checking in, the map, one's weeks, the shared room, and our evening."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.checkins import rooms, views

app_name = "checkins"

urlpatterns = [
    path("check-in/", views.checkin, name="checkin"),
    path("check-in/keep/", views.keep, name="keep"),
    path("check-in/beliefs/", views.beliefs, name="beliefs"),
    path("check-in/as-kept/", views.as_kept, name="as_kept"),
    path("check-in/choose/", views.choose, name="choose"),
    path("check-in/parts/", views.parts, name="parts"),
    path("map/", views.map_latest, name="map"),
    path("map/<uuid:opening_id>/", views.map_of, name="map_of"),
    path("map/<uuid:opening_id>/answer/", views.respond, name="respond"),
    path("weeks/", views.weeks, name="weeks"),
    path("weeks/now/", views.own_now, name="own_now"),
    path("weeks/<uuid:checkin_id>/", views.own_week, name="own_week"),
    path("together/", rooms.together, name="together"),
    path("together/come-in/", rooms.come_in, name="come_in"),
    path("together/leave/", rooms.leave, name="leave"),
    path("together/here-too/", rooms.here_too, name="here_too"),
    path("together/open/", rooms.open_now, name="open_now"),
    path("together/nothing/", rooms.nothing, name="nothing"),
    path("settle/", rooms.settle, name="settle"),
    path("settle/agree/", rooms.agree, name="agree"),
    path("settle/drop/", rooms.drop, name="drop"),
]
