"""The one face of reports: taken out of typst, complete, and the same for page, screen and chart."""

import base64
import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dangvien_analysis import fonts


@pytest.mark.parametrize("style", fonts.STYLES)
def test_every_style_has_every_vietnamese_letter(style):
    """134 letters with accents, small and capital, and the plain ones: none may be set in another face."""
    letters = {ord(letter) for letter in fonts.vietnamese_letters()}
    assert len({letter for letter in letters if letter > 127}) == 134
    assert letters <= set(TTFont(io.BytesIO(fonts.faces()[style])).getBestCmap())


@pytest.mark.parametrize("style", fonts.STYLES)
def test_the_face_on_a_screen_has_what_a_report_may_use_and_its_licence(style):
    """The cut-down font keeps every usual letter, the letters asked for besides, and the words of its licence."""
    font = TTFont(io.BytesIO(base64.b64decode(fonts.web_face(style, "Ω"))))
    assert {ord(letter) for letter in fonts.usual_letters() + "Ω"} <= set(font.getBestCmap())
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_the_face_is_cut_down_to_the_same_bytes_without_the_cache(tmp_path, monkeypatch):
    """The file kept in the cache saves time and changes nothing."""
    kept = fonts.web_face("Regular")
    monkeypatch.setattr(fonts, "_cache_folder", lambda: tmp_path)
    fonts.web_face.cache_clear()
    assert fonts.web_face("Regular") == kept
    assert [file.suffix for file in tmp_path.iterdir()] == [".woff"]


def test_a_damaged_font_in_the_cache_is_replaced(tmp_path, monkeypatch):
    """A run that was cut off must not spoil the next ones."""
    monkeypatch.setattr(fonts, "_cache_folder", lambda: tmp_path)
    file = fonts._kept("Bold.otf", fonts.faces()["Bold"])
    file.write_bytes(b"half")
    assert fonts._kept("Bold.otf", fonts.faces()["Bold"]).read_bytes() == fonts.faces()["Bold"]


def test_charts_measure_their_words_in_the_face_of_the_page():
    """A chart laid out in another face would have labels that drift on the page."""
    from matplotlib.font_manager import FontProperties, findfont

    fonts.register_for_charts()
    for weight, style in (("normal", "Regular"), ("bold", "Bold")):
        file = findfont(FontProperties(family=fonts.CHART_FACE, weight=weight), fallback_to_default=False)
        assert Path(file).read_bytes() == fonts.faces()[style]


def test_a_letter_is_unusual_only_if_the_face_has_it():
    """What the face lacks cannot be embedded, and is left to the reader's computer."""
    assert fonts.unusual("Ωạ中") == "Ω"
