"""A blog's style sheet as the studio keeps, compares and restores it."""

from django.urls import reverse

from bearblog.domain.accounts.models import User
from bearblog.domain.blogs import styling
from bearblog.domain.blogs.models import Blog
from bearblog.web.studio.sheets import Sheet, Typed


class StylesSheet(Sheet):
    """The CSS of a blog, by the same questions as its texts."""

    here = "styles"
    heading = "Styles"
    subject = styling.SUBJECT

    def __init__(self, blog: Blog) -> None:
        super().__init__(blog)
        self.address = reverse("studio:styles", args=[blog.subdomain])
        self.text = blog.css

    def reload(self) -> None:
        self.blog.refresh_from_db()
        self.text = self.blog.css

    def store(self, typed: Typed, *, by: User) -> str:
        styling.update_styles(blog=self.blog, css=typed.text, by=by)
        self.text = self.blog.css
        return "The style sheet is saved."

    def links(self) -> dict[str, object]:
        return {"revisions_url": reverse("studio:styles_revisions", args=[self.blog.subdomain])}
