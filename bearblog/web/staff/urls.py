"""The desk's addresses, a page a line."""

from django.urls import path

from bearblog.web.staff.views import audit, blogs, box, desk, invitations, letters, past, people

app_name = "staff"

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("review/", blogs.blogs, name="review"),
    path("review/<str:name>/", blogs.blogs, name="queue"),
    path("blogs/<int:pk>/", blogs.blog, name="blog"),
    path("blogs/<int:pk>/decide/", blogs.decide, name="decide"),
    path("blogs/<int:pk>/posts/<int:post_pk>/", blogs.decide_about_post, name="decide_about_post"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/decide/", people.decide_about_person, name="decide_about_person"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("past/", past.past, name="past"),
    path("past/open/", past.open_past, name="open_past"),
    path("past/bring-back/", past.bring_back, name="bring_back"),
    path("past/close/", past.close_past, name="close_past"),
    path("past/<str:name>/", past.past_text, name="past_text"),
    path("box/", box.box, name="box"),
    path("audit/", audit.audit, name="audit"),
]
