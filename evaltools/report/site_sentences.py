"""What is said of a site beside a funnel: one sentence, by one rule, from the same limits as the picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaltools.report.words import few, listing, sentence

__all__ = ["POSITIONS", "funnel_headline", "position_sentence"]

POSITIONS: Mapping[str, str] = {
    "within": "cannot be told apart from {target}",
    "above": "lies above {target} by more than chance would usually produce (outside the inner limits)",
    "below": "lies below {target} by more than chance would usually produce (outside the inner limits)",
    "far above": "lies above {target} by far more than chance would produce (outside the outer limits)",
    "far below": "lies below {target} by far more than chance would produce (outside the outer limits)",
    "not compared": "is not compared",
}


def position_sentence(name: str, position: str, target: str = "the programme average", note: str = "") -> str:
    """Say where a site stands.

    Parameters
    ----------
    name : str
        Display name of the site.
    position : str
        A key of POSITIONS, from the table of a funnel.
    target : str
        What the sites are held against, in words.
    note : str
        Why the site is not compared.

    Examples
    --------
    >>> position_sentence("Enfield", "within")
    'Enfield cannot be told apart from the programme average.'
    """
    why = f": {note.rstrip('.')}" if position == "not compared" and note else ""
    return f"{name} {POSITIONS[position].format(target=target)}{why}."


def funnel_headline(
    label: str,
    names: Sequence[str],
    positions: Sequence[str],
    target: str = "the programme average",
    noun: str = "site",
) -> str:
    """Say in one line which sites (noun: or what else is compared) stand outside the limits.

    >>> funnel_headline("started a job", ["Enfield", "Barnet"], ["within", "within"])
    'Started a job: no site can be told apart from the programme average'
    >>> funnel_headline("started a job", ["Enfield", "Barnet"], ["far above", "within"])
    'Started a job: Enfield lies far above the programme average; the other site cannot be told apart from it'
    """
    compared = [place for place in positions if place != "not compared"]
    begin = f"{sentence(label)}: "
    if not compared:
        return f"{begin}no {noun} can be compared"
    outside = []
    for place in ("far above", "above", "below", "far below"):
        found = [name for name, held in zip(names, positions, strict=True) if held == place]
        if found:
            outside.append(f"{listing(found)} {'lies' if len(found) == 1 else 'lie'} {place} {target}")
    if not outside:
        return (
            f"{begin}no {noun} can be told apart from {target}" if len(compared) > 1 else f"{begin}one {noun}, no comparison"
        )
    within = compared.count("within")
    rest = f"; the other {f'{few(within)} {noun}s' if within > 1 else noun} cannot be told apart from it" if within else ""
    return begin + "; ".join(outside) + rest
