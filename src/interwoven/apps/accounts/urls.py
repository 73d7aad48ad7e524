from __future__ import annotations

from django.urls import path

from interwoven.apps.accounts import views

urlpatterns = [
    path("x-account_login/", views.to_come, name="account_login"),
    path("x-account_signup/", views.to_come, name="account_signup"),
    path("x-account_logout/", views.to_come, name="account_logout"),
]
