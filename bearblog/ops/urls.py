"""Addresses that the box itself asks, on the main host."""

from django.urls import path

from bearblog.ops import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
