"""What a picture of a page does not show: whether everybody can use it. Questions put to an open page by `look.py`."""

import json
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "build" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
SHOWN = 3  # places named of one violation

# Where the page sticks out of its window; `details` are opened first, for a folded table can be the widest thing.
OVERFLOW = """(() => {
  document.querySelectorAll('details').forEach(d => d.open = true);
  const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return '';
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth);
  return over + ' px: ' + wide.slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ');
})()"""

RUN_AXE = """axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(found.violations.map(
  v => v.id + ' (' + v.help + '): ' + v.nodes.slice(0, %d).map(n => n.target.join(' ')).join(', '))))"""

# Everything that the Tab key must reach, in the order of the page.
STOPS = """(() => { window.stops = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')]
  .filter(e => e.checkVisibility()); document.activeElement.blur(); return window.stops.length; })()"""
# Which of them has the focus now, and whether one can see that it has.
FOCUSED = """(() => { const e = document.activeElement, s = getComputedStyle(e);
  return JSON.stringify([window.stops.indexOf(e), s.outlineStyle !== 'none' || s.boxShadow !== 'none']); })()"""
FOLD = """(() => { document.querySelectorAll('details').forEach(d => d.open = false);
  const first = document.querySelector('details > summary'); if (first) first.focus(); return Boolean(first); })()"""
UNFOLDED = "document.querySelector('details').open"


def evaluate(page, expression: str) -> object:
    """Return what an expression gives in the page, waiting for it where it is a promise."""
    answer = page.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"].get("exception", {}).get("description", expression[:60]))
    return answer["result"].get("value")


@lru_cache(maxsize=1)
def axe_source() -> str:
    """Return axe-core, which `make look` fetches from npm."""
    return AXE.read_text(encoding="utf-8")


def too_wide(page) -> list[str]:
    """Say where the page is wider than its window."""
    over = evaluate(page, OVERFLOW)
    return [f"it is too wide by {over}"] if over else []


def not_accessible(page) -> list[str]:
    """Say what axe-core finds wrong, all of its rules, with everything unfolded."""
    evaluate(page, axe_source() + "; true")
    return [f"axe: {text}" for text in json.loads(evaluate(page, RUN_AXE % SHOWN))]


def not_by_keyboard(page) -> list[str]:
    """Say what the Tab key does not reach or does not show that it reached, and whether Enter unfolds."""
    page.call("Emulation.setFocusEmulationEnabled", enabled=True)
    stops = evaluate(page, STOPS)
    reached, unseen = set(), set()
    for _ in range(stops + 1):
        _press(page, "Tab", 9)
        stop, seen = json.loads(evaluate(page, FOCUSED))
        reached.add(stop)
        unseen |= set() if seen or stop < 0 else {stop}
    faults = [f"Tab reaches {len(reached - {-1})} of {stops} places"] if set(range(stops)) - reached else []
    faults += [f"{len(unseen)} places do not show the focus"] if unseen else []
    return faults + _folding(page)


def _folding(page) -> list[str]:
    if not evaluate(page, FOLD):
        return []
    _press(page, "Enter", 13, "\r")
    return [] if evaluate(page, UNFOLDED) else ["Enter does not unfold"]


def _press(page, key: str, code: int, text: str = "") -> None:
    given = {"key": key, "code": key, "windowsVirtualKeyCode": code} | ({"text": text} if text else {})
    page.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **given)
    page.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key, windowsVirtualKeyCode=code)
