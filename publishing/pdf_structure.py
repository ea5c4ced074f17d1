"""What screen readers go by in a PDF, its headings, lists and pictures: of several files, joined in one."""

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)


class Structure:
    """The structure of a document that is joined from others (ISO 32000-1, section 14.7)."""

    def __init__(self, document: PdfWriter):
        self._document = document
        self._parts = ArrayObject()
        self._parents = ArrayObject()  # pairs: the number of a page or a link, and its elements
        self._names: dict[str, PdfObject] = {}  # by these the cells of a table name their headings
        self._next = 0
        self._language = ""

    def add(self, part: PdfReader, title: str, first: int) -> None:
        """Add the structure of a file whose pages stand in the document already, from page ``first`` on."""
        root: Any = part.root_object["/StructTreeRoot"]
        element = root["/K"].clone(self._document)
        element[NameObject("/S")] = NameObject("/Part")
        element[NameObject("/T")] = TextStringObject(title)
        self._parts.append(element.indirect_reference)
        for number, elements in _pairs(root["/ParentTree"], "/Nums"):
            self._parents += [NumberObject(number + self._next), elements.clone(self._document)]
        for name, named in _pairs(root.get("/IDTree", DictionaryObject()), "/Names"):
            if name in self._names:
                raise ValueError(f"{title}: an element of another page is named {name!r} too")
            self._names[name] = named.clone(self._document)
        for page, printed in zip(self._document.pages[first:], part.pages, strict=True):
            page[NameObject("/Tabs")] = NameObject("/S")
            page[NameObject("/StructParents")] = self._number(printed["/StructParents"])
            links: Any = page.get("/Annots", ())
            for link in (reference.get_object() for reference in links):
                link[NameObject("/StructParent")] = self._number(link["/StructParent"])
        self._next += root["/ParentTreeNextKey"]
        self._language = str(part.root_object["/Lang"])

    def _number(self, of_part: Any) -> NumberObject:
        return NumberObject(of_part + self._next)

    def finish(self) -> None:
        """Put the structure into the document."""
        names = ArrayObject()
        for name in sorted(self._names):
            names += [TextStringObject(name), self._names[name]]
        root = _dictionary(
            Type=NameObject("/StructTreeRoot"),
            ParentTree=_dictionary(Nums=self._parents),
            ParentTreeNextKey=NumberObject(self._next),
            IDTree=_dictionary(Names=names),
            # Chromium names these as PDF 2.0 does.
            RoleMap=_dictionary(Strong=NameObject("/Span"), Em=NameObject("/Span")),
        )
        whole = _dictionary(
            Type=NameObject("/StructElem"),
            S=NameObject("/Document"),
            P=self._document._add_object(root),
            K=self._parts,
        )
        reference = root[NameObject("/K")] = self._document._add_object(whole)
        for element in self._parts:
            element.get_object()[NameObject("/P")] = reference
        self._document.root_object.update(
            _dictionary(
                StructTreeRoot=whole.raw_get("/P"),
                MarkInfo=_dictionary(Marked=BooleanObject(True)),
                Lang=TextStringObject(self._language),
                ViewerPreferences=_dictionary(DisplayDocTitle=BooleanObject(True)),
            )
        )


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _pairs(tree: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """Yield the keys and the values of a number tree or a name tree."""
    flat = list(tree.get(leaf, ()))
    yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in tree.get("/Kids", ()):
        yield from _pairs(kid.get_object(), leaf)
