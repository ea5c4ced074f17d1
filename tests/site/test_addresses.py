"""What the two addresses in _config.yml bring: launch buttons, canonical links, a sitemap, a preview card."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from built_pages import soup_of
from small_book import build, make_book, write_notebook
from sphinx.errors import ConfigError

from course_site.addresses import use_addresses

REPOSITORY = "https://github.com/someone/embeddings"
SITE = "https://someone.example/embeddings/"
HUB = "https://hub.example/"
TEXT = "Two words are near & far < away."
OWN_WORDS = "What this page holds & what it doesn't."
OUTSIDE = ("github", "mybinder", "colab", "jupyterhub", "hub.example")


def configure(folder, *, repository="", site="", hub=""):
    """Set the addresses in the configuration of a book."""
    config = yaml.safe_load((folder / "_config.yml").read_text(encoding="utf-8"))
    config["repository"]["url"] = repository
    config["html"]["baseurl"] = site
    config["launch_buttons"]["jupyterhub_url"] = hub
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Build a book that knows all its addresses: two notebooks and a page that is none."""
    folder = tmp_path_factory.mktemp("addresses")
    (folder / "chapters").mkdir()
    make_book(folder, {"chapters/first": ["# First page\n\n" + TEXT], "chapters/second": ["# Second page"]})
    toc = yaml.safe_load((folder / "_toc.yml").read_text(encoding="utf-8"))
    toc["chapters"].append({"file": "chapters/words"})
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    words = f"---\ndescription: {OWN_WORDS}\n---\n\n# Words\n\nWhich are they?\n"
    (folder / "chapters" / "words.md").write_text(words, encoding="utf-8")
    configure(folder, repository=REPOSITORY + ".git", site=SITE.rstrip("/"), hub=HUB)
    build(folder)
    return folder


def page(folder, name):
    return soup_of(folder / "_build" / "html" / f"{name}.html")


def links(soup):
    return [tag["href"] for tag in soup.find_all(["a", "link"], href=True)]


def buttons(soup):
    return {tag.get_text(strip=True): tag["href"] for tag in soup.select(".article-header-buttons a[href]")}


def meta(soup):
    return {
        tag.get("property") or tag["name"]: tag["content"]
        for tag in soup.find_all("meta", content=True)
        if tag.get("property") or tag.get("name")
    }


def listed(folder):
    sitemap = ElementTree.parse(folder / "_build" / "html" / "sitemap.xml").getroot()
    assert sitemap.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    return [place.text for place in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_buttons_lead_to_the_chapter(book):
    seen = buttons(page(book, "chapters/first"))
    notebook = "chapters/first.ipynb"
    assert (
        seen["Binder"] == f"https://mybinder.org/v2/gh/someone/embeddings/student?urlpath=lab/tree/{notebook}"
    )
    assert seen["Colab"] == (
        f"https://colab.research.google.com/github/someone/embeddings/blob/student/{notebook}"
    )
    pulled = urlsplit(seen["JupyterHub"])
    assert pulled.geturl().startswith("https://hub.example/hub/user-redirect/git-pull?")
    assert parse_qs(pulled.query) == {
        "repo": [REPOSITORY],
        "branch": ["student"],
        "urlpath": [f"lab/tree/embeddings/{notebook}"],
    }
    assert seen["Repository"] == REPOSITORY
    assert seen["Suggest edit"] == f"{REPOSITORY}/edit/main/{notebook}"
    assert seen["Open issue"].startswith(f"{REPOSITORY}/issues/new?")


def test_page_that_is_no_notebook_has_no_launch_buttons(book):
    seen = buttons(page(book, "chapters/words"))
    assert seen["Suggest edit"] == f"{REPOSITORY}/edit/main/chapters/words.md"
    assert not {"Binder", "Colab", "JupyterHub"} & set(seen)
    assert page(book, "chapters/words").find(id="on-colab") is None


def test_page_says_what_colab_must_run_first(book):
    soup = page(book, "chapters/first")
    assert soup.select_one("#on-colab pre").get_text().splitlines() == [
        f"!git clone --depth 1 --branch student {REPOSITORY}",
        "%cd embeddings/chapters",
        "%pip install --quiet ..",
        "%env OMP_NUM_THREADS=1",
        "%env OPENBLAS_NUM_THREADS=1",
    ]
    (button,) = (tag for tag in soup.select(".article-header-buttons a[href]") if "colab" in tag["href"])
    assert "foot of this page" in button["title"]


def test_page_knows_its_address(book):
    soup = page(book, "chapters/first")
    address = f"{SITE}chapters/first.html"
    assert [tag["href"] for tag in soup.find_all("link", rel="canonical")] == [address]
    seen = meta(soup)
    assert seen["og:url"] == address
    assert seen["og:title"] == "First page"
    assert seen["og:description"] == seen["description"] == TEXT
    assert seen["og:image"] == f"{SITE}_static/preview.png"
    assert (book / "_build" / "html" / "_static" / "preview.png").exists()
    assert seen["og:image:alt"]
    assert seen["twitter:card"] == "summary_large_image"


def test_page_is_described_in_its_own_words(book):
    seen = meta(page(book, "chapters/words"))
    assert seen["og:description"] == seen["description"] == OWN_WORDS
    assert "Search" in meta(page(book, "search"))["description"]


def test_sitemap_lists_every_page_though_one_was_written(book):
    pages = [f"{SITE}chapters/{name}.html" for name in ("first", "second", "words")]
    assert listed(book) == pages
    write_notebook(book / "chapters" / "second.ipynb", ["# Second page, changed"])
    build(book)
    assert listed(book) == pages


def test_nothing_of_it_is_there_without_addresses(book):
    configure(book, hub=HUB)
    html = build(book)
    assert not (html / "sitemap.xml").exists()
    for name in ("chapters/first", "chapters/words", "search"):
        soup = page(book, name)
        assert [link for link in links(soup) if any(word in link for word in OUTSIDE)] == []
        assert soup.find(id="on-colab") is None
        assert soup.find("link", rel="canonical") is None
        assert [key for key in meta(soup) if key.startswith(("og:", "twitter:"))] == []
    assert meta(page(book, "chapters/first"))["description"] == TEXT


def settings(repository="", site=""):
    launch = {"colab_url": "https://colab.example", "binderhub_url": "https://binder.example"}
    options = {"repository_url": repository, "launch_buttons": launch}
    return SimpleNamespace(html_theme_options=options, html_baseurl=site)


def test_colab_is_left_out_where_it_cannot_open_notebooks():
    config = settings("https://gitlab.com/a/group/embeddings/")
    use_addresses(None, config)
    assert config.html_theme_options["repository_url"] == "https://gitlab.com/a/group/embeddings"
    assert config.html_theme_options["launch_buttons"] == {"binderhub_url": "https://binder.example"}
    assert config.html_theme_options["use_edit_page_button"]


@pytest.mark.parametrize("address", ["someone/embeddings", "https://example.org/someone/embeddings"])
def test_wrong_repository_is_refused(address):
    with pytest.raises(ConfigError, match=r"repository: url in _config\.yml is .*github\.com/owner/name"):
        use_addresses(None, settings(repository=address))


@pytest.mark.parametrize("address", ["someone.example/embeddings", "https://someone.example/?page=1"])
def test_wrong_site_is_refused(address):
    with pytest.raises(ConfigError, match=r"html: baseurl in _config\.yml is .*owner\.github\.io/name/"):
        use_addresses(None, settings(site=address))
