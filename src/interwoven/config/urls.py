"""Every address. No couple, no class of content and nobody's words are in any of them."""

from __future__ import annotations

from django.urls import include, path

from interwoven.apps.today import views as today

urlpatterns = [
    path("", today.front, name="front"),
    path("today/", today.today, name="today"),
    path("healthz", today.healthz, name="healthz"),
    path("one-round/", include("interwoven.apps.rounds.urls")),
    path("", include("interwoven.apps.accounts.urls")),
    path("", include("interwoven.apps.couples.urls")),
    path("", include("interwoven.apps.locking.urls")),
    path("", include("interwoven.apps.checkins.urls")),
    path("", include("interwoven.apps.agreements.urls")),
    path("", include("interwoven.apps.keeping.urls")),
    path("", include("interwoven.apps.leaving.urls")),
    path("", include("interwoven.apps.guarding.urls")),
    path("", include("interwoven.apps.safety.urls")),
]

handler400 = "interwoven.web.errors.bad_request"
handler403 = "interwoven.web.errors.forbidden"
handler404 = "interwoven.web.errors.not_found"
handler500 = "interwoven.web.errors.server_error"
