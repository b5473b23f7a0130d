"""About a report: definitions, rules, sources, notes, and what is needed to make it again."""

from __future__ import annotations

from collections.abc import Mapping

from evaltools.domain.release import Meta, Release
from evaltools.report.html import Html, element, join
from evaltools.report.table import Table, numbered
from evaltools.report.words import day

__all__ = ["definitions_table", "notes", "provenance", "sources"]


def definitions_table(release: Release) -> Html | None:
    """Tell what counts as engaged, as a job and as a job kept, by definition; None when the study names no definition."""
    found = release.meta.definitions
    if not found:
        return None
    body = tuple(
        (f"{one.get('title', name)}\n{_named(name, one)}", f"{one.get('description', '')}\nSource: {one.get('source', '')}")
        for name, one in found.items()
    )
    first = "The main findings use the first; the others are shown beside it." if len(body) > 1 else ""
    table = Table(
        "definitions", "Definitions and their sources", ("Definition", "What counts, and where it is written"), body,
        note=first, text=frozenset({0, 1}),
    )  # fmt: skip
    return numbered(table)


def _named(name: str, definition: Mapping[str, str]) -> str:
    version = definition.get("version", "")
    return f"{name}, version {version}" if version else name


def _listed(heading: str, items: tuple[str, ...]) -> Html | None:
    if not items:
        return None
    return join(
        element("h3", heading, id=heading.lower().replace(" ", "-")), element("ul", *(element("li", item) for item in items))
    )


def sources(release: Release) -> Html | None:
    """Where the data come from; None when the study file names no source."""
    return _listed("Sources", release.meta.sources)


def notes(release: Release) -> Html | None:
    """Remarks of the study file, and the release rule in words."""
    meta = release.meta
    kind = ("These data are synthetic: they describe nobody.",) if meta.synthetic else ()
    rule = (f"Release rule ({meta.profile}): {meta.rule.rstrip('.')}.",) if meta.rule else ()
    return _listed("Notes", (*kind, *rule, *meta.notes))


def provenance(meta: Meta) -> Html:
    """Return the foot of every page: what the report was made from, so that it can be made again."""
    facts = {
        "Study": meta.study,
        "Data": "synthetic" if meta.synthetic else "real",
        "Data to": day(meta.data_cut),
        "Definitions": ", ".join(_named(name, one) for name, one in meta.definitions.items()),
        "Release": f"{meta.profile}: {meta.rule}" if meta.rule else meta.profile,
        "Software": f"evaltools {meta.package}",
        "Schema": meta.schema,
        "Environment": meta.lock,
        "Inputs": meta.fingerprint,
    }
    items = (element("div", element("dt", name), element("dd", value)) for name, value in facts.items() if value)
    return element("dl", *items)
