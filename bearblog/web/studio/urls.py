"""The studio's addresses, a page a line."""

from django.urls import path

from bearblog.web.studio.views import blogs, editor, posts, settings

app_name = "studio"

urlpatterns = [
    path("", blogs.blogs, name="blogs"),
    path("<str:subdomain>/", posts.posts, name="posts"),
    path("<str:subdomain>/posts/new/", editor.new_post, name="new_post"),
    path("<str:subdomain>/posts/<int:pk>/", editor.edit_post, name="edit_post"),
    path("<str:subdomain>/posts/<int:pk>/delete/", posts.delete_post, name="delete_post"),
    path("<str:subdomain>/preview/", editor.preview, name="preview"),
    path("<str:subdomain>/settings/", settings.settings, name="settings"),
    path("<str:subdomain>/settings/delete/", settings.delete_blog, name="delete_blog"),
]
