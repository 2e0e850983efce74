"""The main site's addresses. A blog's own stand in bearblog/web/reading/urls.py."""

from django.conf import settings
from django.urls import include, path

from bearblog.web.base.errors import server_error
from bearblog.web.base.off_site import off_site
from bearblog.web.staff.admin import desk_admin

urlpatterns = [
    path("", include("bearblog.ops.urls")),
    path("", include("bearblog.web.site.urls")),
    path("studio/", include("bearblog.web.studio.urls")),
    path("staff/", include("bearblog.web.staff.urls")),
    path("off-site/", off_site, name="off_site"),
    path("account/", include("allauth.urls")),
]

handler500 = server_error

if settings.ADMIN_PATH:
    urlpatterns.append(path(f"{settings.ADMIN_PATH}/", desk_admin.urls))
