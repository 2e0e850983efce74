"""The main site's own pages. Signing in and up are django-allauth's, under account/."""

from django.urls import path

from bearblog.web.site import discover, discover_feed, discover_hiding, views

app_name = "site"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("robots.txt", views.robots, name="robots"),
    path("help/", views.how_to_write, name="help"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("discover/", discover.discover, name="discover"),
    path("discover/feed/", discover_feed.feed, name="discover_feed"),
    path("discover/random-post/", discover.random_post, name="random_post"),
    path("discover/random-blog/", discover.random_blog, name="random_blog"),
    path("discover/hidden/", discover_hiding.hidden, name="discover_hidden"),
    path("discover/hide/<int:pk>/", discover_hiding.hide, name="discover_hide"),
    path("discover/show/<int:pk>/", discover_hiding.show, name="discover_show"),
]
