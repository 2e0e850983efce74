"""A page with one of everything that a theme gives colours to, in the markup of reader pages."""

from bearblog.engines.rendering import markdown

_TEXT = """
All night the rain *talked*, and **nobody** slept; see [the map](https://example.org/) and ==mark the pan==.
Press <kbd>Ctrl</kbd> or run `dmesg`, and <small>mind the step</small>, ~~always~~ often.[^1]

.. toc::

## Morning

> A tent is a promise made of cloth.

> [!NOTE]
> Check the weather, then [check it again](/weather/).

### What to bring

- [x] Rope
- [ ] A second pan

1. Wood
2. Matches

#### Later

```python
@cache
def boil(water: Water, degrees=100) -> str:
    # until it sings
    return f"{water.heat(degrees)!r}" + 'now' if None else raise_(ValueError("cold"))
```

```diff
- cold
+ warm
```

| Night | Rain |
| ----- | ---: |
| First |   31 |

Bivouac
: Sleeping badly on purpose.

---

[^1]: It said the river was up.
"""

_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Sample</title><style>{css}</style></head>
<body class="{kind}">
<header>
  <a class="title" href="/"><h1>Slow rivers</h1></a>
  <nav><p><a href="/">Home</a> <a href="/blog/">Posts</a></p></nav>
</header>
<main>
<article>
  <h1>Rain on the tent</h1>
  <p><i><time datetime="2026-11-21">21 November 2026</time></i></p>
  {body}
  <figure><img alt="" src="data:,"><figcaption>The river on Tuesday.</figcaption></figure>
</article>
<p class="filters"><a href="/blog/">#rivers <span>×</span></a></p>
<ul class="blog-posts">
  <li><span><i><time datetime="2026-11-21">21 November 2026</time></i></span> <a href="/rain/">Rain</a></li>
</ul>
<p class="pagination"><a href="/">Newer</a> <span>2 / 3</span> <a href="/">Older</a></p>
<p class="tags"><a href="/tags/rivers/">#rivers</a></p>
<form id="upvote-form"><button class="upvote-button"><small class="upvote-count">7</small></button></form>
<form><button class="upvote-button upvoted"><small class="upvote-count">8</small></button></form>
<form class="email-signup"><label>Email <input type="email" value="a@example.org"></label>
  <button>Subscribe</button></form>
<form class="search"><label>Search <input type="search" value="rain"></label> <button>Search</button></form>
<form class="report-form"><label>Why <textarea>words</textarea></label></form>
<ul class="search-results"><li><a href="/rain/">Rain</a> <p>All <mark>night</mark></p></li></ul>
<p class="share">Share: <a href="https://example.org/">Mastodon</a></p>
</main>
<footer>
  <div id="footer-directive"><p>Written in a hut.</p></div>
  <p class="footer-links"><a href="/feed/">Feed</a> <a href="/report/">Report</a></p>
</footer>
</body>
</html>
"""


def sample_page(css: str, kind: str = "post") -> str:
    """The page as HTML, with this style sheet inside."""
    return _PAGE.format(css=css, kind=kind, body=markdown.render(_TEXT))
