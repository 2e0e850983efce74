"""The addresses of a box whose operator named a place for Django's admin."""

from django.urls import path

from bearblog.urls import urlpatterns as usual
from bearblog.web.staff.admin import desk_admin

urlpatterns = [*usual, path("behind/", desk_admin.urls)]
