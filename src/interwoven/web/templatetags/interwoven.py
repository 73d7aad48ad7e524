"""The few marks that templates would otherwise have to draw by hand."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from interwoven.web import drawing
from interwoven.web.once import NAME, fresh
from interwoven.web.pages import Nav

register = template.Library()

SHAPES = {
    "a": mark_safe('<circle cx="6" cy="6" r="5.2"/>'),
    "b": mark_safe('<path d="M6-.8 12.8 6 6 12.8-.8 6z"/>'),
}
CHECKED = mark_safe(" checked")
RADIO = (
    '<label><input type="radio" name="{}" value="{}"{} autocomplete="off"><span>{}</span></label>'
)


@register.simple_tag
@lru_cache(maxsize=64)
def asset(path: str) -> str:
    """The address of a file of ours: `{% asset "js/exit.js" %}`."""
    return static(f"web/{path}")


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> SafeString:
    """An icon, always beside a word: `{% icon "lock-simple" %}`."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', asset("icons.svg"), name
    )


@register.simple_tag
@lru_cache(maxsize=8)
def mark(place: str) -> SafeString:
    """The shape of a place, beside its person's name: a disc for a, a diamond for b."""
    return format_html(
        '<svg class="mark {}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>',
        place,
        SHAPES[place],
    )


@register.simple_tag
@lru_cache(maxsize=512)
def ruler(name: str, value: int | str | None) -> SafeString:
    """Eleven radios on a thread, 0 to 10; none is chosen beforehand."""
    chosen = "" if value is None else str(value)
    marks = ((name, n, CHECKED if chosen == str(n) else "", n) for n in range(11))
    return format_html_join("", RADIO, marks)


@register.simple_tag
@lru_cache(maxsize=1024)
def bell(place: str, name: str, felt: int | None, hoped: int | None) -> SafeString:
    """One person's row of a map: who, the dumbbell, and the figures."""
    row = {"place": place, "name": name, "felt": felt, "hoped": hoped}
    return render_to_string("web/components/bell.html", row)


@register.simple_tag
def dumbbell(place: str, name: str, felt: int | None, hoped: int | None) -> SafeString:
    """What one person felt and hoped for, drawn; said in words for those who listen."""
    return drawing.dumbbell(place, name, felt, hoped)


@register.simple_tag
@lru_cache(maxsize=16)
def places(nav: Nav) -> SafeString:
    """Where a signed-in person can go. The same for everyone, so written once."""
    return render_to_string("web/components/places.html", {"nav": nav})


@register.simple_tag
def once() -> SafeString:
    """The hidden number of a form that must not be taken twice: `{% once %}`, beside the token."""
    field = '<input type="hidden" name="{}" value="{}" autocomplete="off">'
    return format_html(field, NAME, fresh())
