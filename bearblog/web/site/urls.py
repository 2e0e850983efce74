"""The main site's own pages. Signing in and up are django-allauth's, under account/."""

from django.urls import path

from bearblog.web.site import views

app_name = "site"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("robots.txt", views.robots, name="robots"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
]
