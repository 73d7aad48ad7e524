"""There is one thing at a time, so no address says which."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.agreements import views

app_name = "agreements"

urlpatterns = [
    path("one-thing/", views.start, name="start"),
    path("one-thing/say/", views.say, name="say"),
    path("one-thing/propose/", views.propose, name="propose"),
    path("one-thing/agree/", views.agree, name="agree"),
    path("one-thing/decline/", views.decline, name="decline"),
    path("one-thing/move/", views.move, name="move"),
    path("one-thing/look-back/", views.look_back, name="look_back"),
    path("one-thing/put-away/", views.put_away, name="put_away"),
    path("one-thing/take-up/", views.take_up, name="take_up"),
    path("one-thing/earlier/", views.earlier, name="earlier"),
]
