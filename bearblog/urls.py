"""The main site's addresses. A blog's own stand in bearblog/web/reading/urls.py."""

from django.urls import include, path

urlpatterns = [
    path("", include("bearblog.ops.urls")),
    path("", include("bearblog.web.site.urls")),
    path("studio/", include("bearblog.web.studio.urls")),
    path("staff/", include("bearblog.web.staff.urls")),
    path("account/", include("allauth.urls")),
]
