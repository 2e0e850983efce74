"""A person at the site: opens pages, fills in the forms that are there, and presses their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


@dataclass
class Form:
    """A form of a page: where it goes, and what its fields hold."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif self.forms and "name" in given:
            if tag == "textarea":
                self._textarea = given["name"]
                self.forms[-1].fields[self._textarea] = ""
            elif tag == "input" and given.get("type") not in ("submit", "checkbox", "radio", "file"):
                self.forms[-1].fields[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.forms[-1].fields[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = None


class Person:
    """Someone with a browser that follows links, keeps cookies and sends forms as they stand."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.page: httpx.Response

    def open(self, url: str) -> httpx.Response:
        self.page = self.client.get(url, follow_redirects=True)
        return self.page

    def form(self, with_field: str) -> Form:
        """The page's form that has the field."""
        reader = _Forms()
        reader.feed(self.page.text)
        return next(form for form in reader.forms if with_field in form.fields)

    def send(self, **answers: str) -> httpx.Response:
        """Sends the form that has the first of the fields, filled in; `press_<name>` presses a button."""
        form = self.form(next(name for name in answers if not name.startswith("press_")))
        pressed = {name.removeprefix("press_"): value for name, value in answers.items()}
        url = urljoin(str(self.page.url), form.action)
        # As browsers do: a form's answer is checked against where it was sent from.
        headers = {"Origin": f"{self.page.url.scheme}://{self.page.url.netloc.decode()}"}
        headers["Referer"] = str(self.page.url)
        self.page = self.client.post(
            url, data={**form.fields, **pressed}, headers=headers, follow_redirects=True
        )
        return self.page
