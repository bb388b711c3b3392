"""Copies of Word files, held against the originals: `check.py MEDPROOF ARTICLES FOLDER`."""

import collections
import json
import pathlib
import subprocess
import sys
import zipfile

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NEW = {"[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml", "word/commentsExtended.xml"}
STORIES = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"]

medproof, articles, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
files = sorted(articles.glob("*.docx"))
assert files, "no Word files"
copies, back = folder / "copies", folder / "back.json"
usual = ["--isolated", "--today", "2026-11-23", "--fail-on", "never", "--quiet"]


def check(paths, *args):
    """Runs medproof, and gives the findings of each file by its name."""
    subprocess.run([medproof, "check", *usual, "-o", f"json={back}", *args, *map(str, paths)], check=True)
    found = collections.defaultdict(list)
    for row in json.loads(back.read_text())["diagnostics"]:
        found[pathlib.Path(row["path"]).name].append((row["rule"], row["message"], row["start"]["offset"]))
    return found


def texts(xml, is_original):
    """The words of each paragraph; of a copy, those it has when all changes of medproof are turned down."""
    root = etree.fromstring(xml)
    if not is_original:
        for change in list(root.iter(W + "ins")):
            if change.get(W + "author") == "medproof":
                change.getparent().remove(change)
    words = lambda paragraph: "".join(text.text or "" for text in paragraph.iter(W + "t", W + "delText"))
    return [words(paragraph) for paragraph in root.iter(W + "p")]


def ids(xml):
    """The ids of comment ranges and of tracked changes."""
    root = etree.fromstring(xml)
    names = [("commentRangeStart",), ("commentReference",), ("ins", "del", "moveFrom", "moveTo", "rPrChange")]
    return [[node.get(W + "id") for name in group for node in root.iter(W + name)] for group in names]


found = check(files, "--docx-comments", copies / "comments")
check(files, "--docx-comments", copies / "both", "--docx-track", copies / "both")
assert check([copies / "comments"]) == found, "the copies give other findings"
comments = changes = 0
for original in files:
    before = zipfile.ZipFile(original)
    for copy in (copies / "comments" / original.name, copies / "both" / original.name):
        after = zipfile.ZipFile(copy)
        assert after.testzip() is None
        assert after.namelist()[: len(before.namelist())] == before.namelist(), copy
        for name in after.namelist():
            if name not in NEW and name not in STORIES:
                assert before.read(name) == after.read(name), (copy, name)
            elif name.endswith((".xml", ".rels")):
                etree.fromstring(after.read(name))
        stories = [name for name in STORIES if name in before.namelist()]
        for name in stories:
            assert texts(before.read(name), True) == texts(after.read(name), False), (copy, name)
        every = [ids(after.read(name)) for name in stories]
        starts, signs, tracked = ([id for story in every for id in story[kind]] for kind in range(3))
        for group in (starts, signs, tracked):
            assert len(group) == len(set(group)), (copy, group)
        read = [comment for comment in docx.Document(str(copy)).comments if comment.author == "medproof"]
        assert sorted(starts) == sorted(signs) == sorted(str(comment.comment_id) for comment in read), copy
        rules = sorted(comment.text.rsplit("medproof: ", 1)[1].split()[0].rstrip(",") for comment in read)
        assert rules == sorted(rule for rule, _, _ in found[original.name]), copy
        comments += len(read)
        changes += len(tracked)
print(f"{len(files)} Word files: {comments} comments read by python-docx, {changes} insertions and deletions, other parts untouched")

some = [str(copies / "both" / file.name) for file in files[:25]]
pages = folder / "pages"
home = f"-env:UserInstallation=file://{folder}/office"
subprocess.run(["soffice", home, "--headless", "--convert-to", "fodt", "--outdir", str(pages), *some], check=True, capture_output=True)
notes = 0
for file in files[:25]:
    page = (pages / file.with_suffix(".fodt").name).read_bytes()
    root = etree.fromstring(page, etree.XMLParser(huge_tree=True))
    notes += len(root.findall(".//{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"))
    assert page.count(b"medproof: ") >= len(found[file.name]) > 0 or not found[file.name], file
print(f"{len(some)} of them opened by LibreOffice, with {notes} comments")
