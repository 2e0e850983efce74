"""The desk's addresses, a page a line."""

from django.urls import path

from bearblog.web.staff.views import invitations, letters

app_name = "staff"

urlpatterns = [
    path("", letters.letters, name="desk"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("invitations/", invitations.invitations, name="invitations"),
]
