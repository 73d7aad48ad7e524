"""One round before any account. No address here says what anybody picked."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.rounds import views

app_name = "rounds"

urlpatterns = [
    path("", views.first, name="start"),
    path("cover/", views.cover, name="cover"),
    path("second/", views.second, name="second"),
    path("look/", views.look_together, name="look"),
    path("reply/", views.reply, name="reply"),
    path("agreed/", views.agreed, name="agreed"),
    path("alone/", views.alone, name="alone"),
    path("alone/question/", views.question, name="question"),
    path("other/", views.other_acts, name="other"),
    path("again/", views.start_again, name="again"),
    path("let-go/", views.let_go, name="let_go"),
]
