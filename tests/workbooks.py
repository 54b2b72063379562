"""Workbooks written entry by entry, as no spreadsheet program would write them."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def rows_xml(*rows, before="", after=""):
    """Return a worksheet: each row is XML, or texts that become cells without references."""
    inner = "".join(row if isinstance(row, str) else row_xml(row) for row in rows)
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{inner}</sheetData>{after}</worksheet>'


def row_xml(texts, attributes=""):
    cells = "".join(cell_xml(text) for text in texts)
    return f"<row {attributes}>{cells}</row>"


def cell_xml(text, attributes=""):
    if isinstance(text, (int, float)):
        return f"<c {attributes}><v>{text}</v></c>"
    return f'<c t="inlineStr" {attributes}><is><t>{text}</t></is></c>'


def workbook(
    *sheets,
    strings=None,
    styles=None,
    states=(),
    folder="worksheets",
    more=(),
    xml="",
    method=zipfile.ZIP_DEFLATED,
):
    """Return a workbook of worksheets, each XML as text or bytes, named S1, S2, …"""
    listed = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}" '
        f'state="{states[n - 1] if n <= len(states) else "visible"}"/>'
        for n in range(1, len(sheets) + 1)
    )
    related = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="{folder}/s{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    entries = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{xml}<sheets>{listed}</sheets></workbook>',
    }
    for name, text in (("sharedStrings", strings), ("styles", styles)):
        if text is not None:
            entries[f"xl/{name}.xml"] = text
            related += f'<Relationship Id="{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
    entries["xl/_rels/workbook.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    )
    for n, sheet in enumerate(sheets, start=1):
        entries[f"xl/{folder}/s{n}.xml"] = sheet
    return packed([*entries.items(), *more], method)


def packed(entries, method=zipfile.ZIP_DEFLATED):
    """Return a zip of named texts or bytes; a name may stand in it twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return made.getvalue()


def styles_xml(*styles, formats=(), fonts=("",)):
    """Return a part for styles: each is the id of a number format and the number of a font."""
    numbers = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in formats)
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts>'
        f"<fonts>{''.join(f'<font>{font}</font>' for font in fonts)}</fonts><cellXfs>"
        + "".join(f'<xf numFmtId="{number}" fontId="{font}"/>' for number, font in styles)
        + "</cellXfs></styleSheet>"
    )
