"""Taking one's own along, seeing what is shared and with whom, and ending it."""

from __future__ import annotations

from django.urls import path

from interwoven.apps.keeping import views

app_name = "keeping"

urlpatterns = [
    path("me/take-along/", views.take_along, name="take_along"),
    path("me/bring-back/", views.bring_back, name="bring_back"),
    path("me/what-they-see/", views.what_they_see, name="what_they_see"),
    path("me/shared/", views.shared, name="shared"),
    path("me/shared/end/", views.end_session, name="end_session"),
    path("me/shared/end-others/", views.end_other_sessions, name="end_other_sessions"),
]
