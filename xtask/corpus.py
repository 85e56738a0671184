#!/usr/bin/env python3
"""Writes reports with random numbers by as many independent writers as are present: corpus.py FOLDER REPORTS SEED

Each kind is a folder `KIND by WRITER` with the files 00.*, 01.*, …; `model.json` has the cells that were written, and
`missing.txt` names the writers that are not installed. `cargo xtask corpus` runs this and reads the files.
All organs and numbers are invented.
"""
import contextlib
import email.message
import importlib.util
import io
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT, REPORTS, SEED = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
MISSING = []

try:
    import docx
    import docx.table
except ImportError:
    sys.exit("python-docx is needed: pip install python-docx")

spec = importlib.util.spec_from_file_location("reports", ROOT / "tests/fixtures/reports/make.py")
reports = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reports)

# python-docx counts all cells of a table again for every cell; drawing merges each of them at most once.
every_cell = docx.table.Table._cells.fget
docx.table.Table._cells = property(lambda self: self.__dict__.setdefault("_every", every_cell(self)))

ORGANS = ["临江市人民政府", "青禾县水务局", "青禾县石桥镇人民政府", "临江市城东区和平街道办事处", "青禾经济开发区",
          "云岭省水利厅"]


def words(rng, kind):
    """What stands in a cell: numbers of one to nine digits, zeros, blanks, marks for what does not apply."""
    draw = rng.random()
    if draw < 0.15:
        return "0"
    if draw < 0.22:
        return ""
    if draw < 0.25:
        return rng.choice(["/", "—", "-"])
    number = str(rng.randrange(1, 10 ** rng.randrange(1, 10)))
    if kind == "amount":
        return number[:6] + f".{rng.randrange(1, 10000):04}".rstrip("0")
    if kind == "change":
        return rng.choice(["-", "+", ""]) + number
    return number


def cells(form):
    for table in form["table"]:
        for block in table["block"]:
            for row in block["rows"]:
                for column in block["columns"]:
                    yield ".".join(p for p in (table["id"], row["id"], column["id"]) if p), column.get("kind", "count")


def model(text):
    if text == "":
        return ["blank", ""]
    return ["not-applicable", ""] if text in ("/", "—", "-") else ["number", text.lstrip("+")]


def folder(name):
    path = OUT / name
    path.mkdir(parents=True, exist_ok=True)
    return path


@contextlib.contextmanager
def writer(name):
    """Whatever goes wrong in one writer, the others still write."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - each writer fails in its own way, one of them without its parts
        MISSING.append(f"{name}: {error}".splitlines()[0])


def run(*command, **how):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, **how).stdout


def office(sources, ending, target):
    """Converts many files in one process of LibreOffice."""
    with tempfile.TemporaryDirectory() as profile:
        run("soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", ending,
            "--outdir", target, *sources)
    if not any(target.iterdir()):
        raise FileNotFoundError(f"LibreOffice wrote no {ending}")


def physical_rows(document):
    """The body as Apache Tika sees it: paragraphs, and for a table its rows of physical cells, covered ones blank."""
    from docx.oxml.ns import qn
    for child in document.element.body:
        if child.tag == qn("w:p"):
            yield "".join(t.text or "" for t in child.iter(qn("w:t")))
        elif child.tag == qn("w:tbl"):
            rows = []
            for row in child.iter(qn("w:tr")):
                rows.append(["\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))
                             for cell in row.iter(qn("w:tc"))])
            yield rows


def tika_word(item):
    """A cell a line with a tab in front, a blank line behind a row."""
    return item if isinstance(item, str) else "".join("".join(f"\t{c}\n" for c in row) + "\n" for row in item)


def tika_html(item):
    """A row a line, cells by tabs; covered cells leave no trace in HTML."""
    return item if isinstance(item, str) else "".join("\t" + "\t".join(row) + "\n" for row in item)


def pipes(item):
    """Pipe tables without the line of dashes."""
    return item if isinstance(item, str) else "".join("| " + " | ".join(row) + " |\n" for row in item)


def cell_lines(item):
    """A cell a line, nothing else; blank cells are lost."""
    return item if isinstance(item, str) else "".join("".join(f"{c}\n" for c in row if c) for row in item)


def cell_bars(item):
    """A cell and a bar a line."""
    return item if isinstance(item, str) else "".join("".join(f"{c} |\n" for c in row) for row in item)


def grid(table):
    """Row, column, rowspan, colspan and text of each cell of a table, from 0."""
    rows = [[cell._tc for cell in row.cells] for row in table.rows]
    seen = set()
    for r, row in enumerate(rows):
        for c, tc in enumerate(row):
            if id(tc) not in seen:
                seen.add(id(tc))
                wide = sum(1 for other in row[c:] if other is tc)
                high = sum(1 for other in rows[r:] if c < len(other) and other[c] is tc)
                yield r, c, high, wide, "".join(t.text or "" for t in tc.iter(docx.oxml.ns.qn("w:t")))


def workbook(source, target):
    import openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    at = 1
    for item in docx.Document(source).iter_inner_content():
        if not isinstance(item, docx.table.Table):
            sheet.cell(at, 1, item.text)
            at += 1
            continue
        for r, c, high, wide, text in grid(item):
            value = float(text) if re.fullmatch(r"\d+\.\d+", text) else int(text) if re.fullmatch(r"\d+", text) else text
            sheet.cell(at + r, c + 1, value if text else None)
            if high > 1 or wide > 1:
                sheet.merge_cells(start_row=at + r, end_row=at + r + high - 1, start_column=c + 1, end_column=c + wide)
        at += len(item.rows) + 1
    book.save(target)


def archive(html, target):
    """A web archive as browsers save it."""
    message = email.message.EmailMessage()
    message["MIME-Version"] = "1.0"
    message["Snapshot-Content-Location"] = "http://example.invalid/report.html"
    message.set_content(html, subtype="html", cte="quoted-printable")
    message.make_mixed()
    message.set_type("multipart/related")
    target.write_bytes(message.as_bytes())


def main():
    facts = {}
    base = folder("docx by python-docx")
    for n in range(REPORTS):
        rng = random.Random(SEED * 1000 + n)
        year = rng.choice([2019, 2020]) if n % 2 else rng.choice([2021, 2022, 2023, 2024])
        form = reports.FORMS["2019" if year < 2021 else "2021"]
        organ = ORGANS[n % len(ORGANS)]
        value = {cell: words(rng, kind) for cell, kind in cells(form)}
        reports.report(base / f"{n:02}.docx", organ, year, value)
        facts[f"{n:02}"] = {"organ": organ, "year": year, "edition": form["id"],
                            "cells": {cell: model(text) for cell, text in value.items()}}
    (OUT / "model.json").write_text(json.dumps(facts, ensure_ascii=False))
    sources = sorted(base.iterdir())

    for shape, draw in [("txt by Tika from Word (emulated)", tika_word), ("txt by Tika from HTML (emulated)", tika_html),
                        ("txt with pipe rows (emulated)", pipes), ("txt, a cell a line (emulated)", cell_lines),
                        ("txt, a cell and a bar a line (emulated)", cell_bars)]:
        target = folder(shape)
        for source in sources:
            text = "\n".join(draw(item) for item in physical_rows(docx.Document(source)))
            (target / f"{source.stem}.txt").write_text(text)

    with writer("openpyxl"):
        import openpyxl  # noqa: F401
        for source in sources:
            workbook(source, folder("xlsx by openpyxl") / f"{source.stem}.xlsx")

    with writer("LibreOffice"):
        for ending, name in [("doc", "doc"), ("odt", "odt"), ("rtf", "rtf"), ("fodt", "fodt"), ("pdf", "pdf"),
                             ("html:HTML (StarWriter)", "html")]:
            office(sources, ending, folder(f"{name} by LibreOffice"))
        office(sources, "txt:Text (encoded):UTF8", folder("txt by LibreOffice"))
        office(sorted((OUT / "odt by LibreOffice").iterdir()), "docx", folder("docx by LibreOffice"))
        if (OUT / "xlsx by openpyxl").exists():
            office(sorted((OUT / "xlsx by openpyxl").iterdir()), "xls", folder("xls by LibreOffice"))
    for name, command in [("antiword", ["antiword", "-m", "UTF-8.txt", "-w", "0"]), ("catdoc", ["catdoc", "-d", "utf-8", "-w"])]:
        with writer(name):
            for source in sorted((OUT / "doc by LibreOffice").glob("*.doc")):
                (folder(f"txt by {name}") / f"{source.stem}.txt").write_bytes(run(*command, source))
    with writer("pdftotext"):
        for source in sorted((OUT / "pdf by LibreOffice").glob("*.pdf")):
            run("pdftotext", "-layout", source, folder("txt by pdftotext -layout") / f"{source.stem}.txt")

    html = {}
    with writer("pandoc"):
        for source in sources:
            html[source.stem] = run("pandoc", "-s", "-t", "html", source).decode()
            (folder("html by pandoc") / f"{source.stem}.html").write_text(html[source.stem])
            body = re.sub(r"(?s).*<body>|</body>.*", "", html[source.stem])
            page = reports.CHROME.format(title="政府信息公开", body=body)
            (folder("html by pandoc in a GB18030 page") / f"{source.stem}.html").write_bytes(page.encode("gb18030"))
            archive(page.replace("gb2312", "utf-8"), folder("mht by Python") / f"{source.stem}.mht")
            for form, name, ending in [("gfm", "md by pandoc (gfm)", "md"), ("markdown", "md by pandoc (grid)", "md"),
                                       ("plain", "txt by pandoc (plain)", "txt"), ("odt", "odt by pandoc", "odt"),
                                       ("rtf", "rtf by pandoc", "rtf"), ("docx", "docx by pandoc", "docx")]:
                run("pandoc", "-s", "-t", form, "-o", folder(name) / f"{source.stem}.{ending}", source)
    with writer("markitdown"):
        import markitdown
        converter = markitdown.MarkItDown()
        for source in sources:
            text = converter.convert(str(source)).text_content
            (folder("md by markitdown") / f"{source.stem}.md").write_text(text)
    with writer("html2text"):
        import html2text
        for stem, page in html.items():
            reader = html2text.HTML2Text()
            reader.body_width = 0
            (folder("md by html2text") / f"{stem}.md").write_text(reader.handle(page))
    with writer("trafilatura"):
        import trafilatura
        for stem, page in html.items():
            text = trafilatura.extract(page, include_tables=True)
            (folder("txt by trafilatura") / f"{stem}.txt").write_text(text or "")
    with writer("chromium"):
        browser = shutil.which("chromium") or shutil.which("google-chrome")
        if browser is None:
            raise FileNotFoundError("no chromium")
        for stem, page in list(html.items())[:6]:
            style = "<style>td,th{border:1px solid}table{border-collapse:collapse;width:100%}</style>"
            with tempfile.TemporaryDirectory() as scratch:
                source = pathlib.Path(scratch, "page.html")
                # pandoc's own style cuts off what is wider than the page: that is then in no file.
                source.write_text(re.sub(r"(?s)<style>.*?</style>", "", page).replace("</head>", style + "</head>"))
                run(browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={scratch}/profile",
                    f"--print-to-pdf={folder('pdf by Chromium') / (stem + '.pdf')}", source.as_uri(), timeout=60)
    (OUT / "missing.txt").write_text("".join(f"{line}\n" for line in MISSING))


main()
