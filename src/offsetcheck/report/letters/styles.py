"""Styles and page of the installed Word templates: one font, enough contrast, A4."""

# ruff: noqa: SLF001 - python-docx gives its XML by such names only

from typing import Any

FONT = "Arial"
BODY, SMALL = 10.5, 8.5  # points
INK = "1A1A1A"
DRAFT_SHADE = "FFF2CC"
PAGE = (11906, 16838)  # A4, in twentieths of a point
MARGIN = 1247
EMU = 635  # English metric units in a twentieth of a point


def settle_styles(document: Any) -> None:
    """Give the styles of the file one font, sizes, and enough contrast; add those of letters."""
    from docx.enum.style import WD_STYLE_TYPE

    sizes = {"Normal": BODY, "Title": 18, "Subtitle": 12, "Heading 1": 13, "Heading 2": 11.5,
             "Heading 3": BODY, "List Bullet": BODY, "List Number": BODY}  # fmt: skip
    for name in ("Draft", "Address", "Note", "Farewell", "Signed"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles[
            "Normal"
        ]
    sizes |= {"Draft": BODY, "Address": BODY, "Note": SMALL, "Farewell": BODY, "Signed": BODY}
    for name, size in sizes.items():
        _settle_style(document.styles[name], size)
    document.styles["Address"].paragraph_format.space_after = points(0)
    document.styles["Farewell"].paragraph_format.space_before = points(14)
    document.styles["Note"].paragraph_format.space_before = points(4)
    for name in ("Farewell", "Signed"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Signed"].paragraph_format.space_after = points(0)
    document.styles["Title"].paragraph_format.space_before = points(18)
    hyphenate(document.styles["Normal"].element.get_or_add_pPr(), allowed=False)
    _allow_hyphens(document)
    shade(document.styles["Draft"].element.get_or_add_pPr(), DRAFT_SHADE)
    properties = document.core_properties
    # A property holds at most 255 characters.
    properties.title = "{{ letter.title | truncate(200) }}"
    properties.author = "{{ letter.city | truncate(200) }}"
    properties.subject = "{{ letter.tender | truncate(200) }}"
    properties.language = "{{ letter.language }}"
    properties.comments = properties.keywords = properties.last_modified_by = ""


def _settle_style(style: Any, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    style.font.name, style.font.size = FONT, points(size)
    style.font.color.rgb = RGBColor.from_string(INK)
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)
    style.paragraph_format.space_after = points(4 if size <= BODY else 6)


def settle_page(document: Any) -> None:
    """Set A4 with the city's name in the header, and the reference and page in the footer."""
    section = document.sections[0]
    section.page_width, section.page_height = (side * EMU for side in PAGE)
    section.left_margin = section.right_margin = MARGIN * EMU
    section.top_margin = section.bottom_margin = MARGIN * EMU
    head = section.header.paragraphs[0]
    head.add_run("{{ letter.city }}").bold = True
    foot = section.footer.paragraphs[0]
    foot.add_run("{{ letter.title }} · ")
    _add_page_number(foot)


def _add_page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def hyphenate(properties: Any, *, allowed: bool) -> None:
    """Say whether Word may divide the long words of a paragraph."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    kept = OxmlElement("w:suppressAutoHyphens")
    kept.set(qn("w:val"), "0" if allowed else "1")
    properties.insert_element_before(kept, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")


def _allow_hyphens(document: Any) -> None:
    """Let paragraphs that ask for it be hyphenated by the language of the letter."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    stop = document.settings.element.find(qn("w:defaultTabStop"))
    stop.addnext(OxmlElement("w:autoHyphenation"))


def shade(properties: Any, colour: str) -> None:
    """Fill a paragraph or cell with a colour, six digits."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    filled = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        filled.set(qn(f"w:{name}"), value)
    properties.append(filled)


def points(size: float) -> Any:
    """Return a size in points."""
    from docx.shared import Pt

    return Pt(size)
