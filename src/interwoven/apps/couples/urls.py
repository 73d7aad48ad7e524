"""Inviting, being invited, and oneself. The only secret in an address is the link's own."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.couples import views

app_name = "couples"

urlpatterns = [
    path("invite/", views.invite, name="invite"),
    path("invite/confirm/", views.confirm, name="confirm"),
    path("invite/take-back/", views.take_back, name="take_back"),
    path("i/<str:token>/", views.arrive, name="arrive"),
    path("invitation/", views.invitation, name="invitation"),
    path("invitation/no/", views.not_for_me, name="not_for_me"),
    path("invitation/answer/", views.answer, name="answer"),
    path("me/", views.me, name="me"),
    path("me/beliefs/", views.beliefs, name="beliefs"),
    path("me/keeping/", views.keeping, name="keeping"),
]
