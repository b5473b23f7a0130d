"""Propose a field for every column of a sheet: one column to one field, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import linear_sum_assignment

from evaltools.clean.direct_identifiers import direct_identifier
from evaltools.clean.free_text import free_text
from evaltools.clean.header_similarity import NameIndex, name_index, similarities, word_weights
from evaltools.clean.map_targets import SHARED, MapTarget, map_targets
from evaltools.clean.sheet import Cell
from evaltools.clean.unsure_columns import THRESHOLDS, Match, Sureness, says_too_little, sureness
from evaltools.clean.value_tests import best_fit, code_share, is_day, value_fit
from evaltools.schema.table import Schema

__all__ = ["ColumnCells", "Proposal", "propose_columns"]

_TESTED = 100  # distinct entries that are tested against the fields
_WEAK = 0.93  # a name that is only our own word for the field counts a little less than a listed synonym
_CODES_ALONE = 0.6  # score of a field whose codes fill the column, whatever the header says
_AWAY = 0.97  # of the score of a field that is not of people or jobs: most files are about them
_INSTEAD = 0.8  # a field goes to a column only if it scores this share of the column's best: no column takes what is left
_CODED = 0.6  # share of the entries that must be codes of one list for the entries to speak for themselves
_TRIED = 0.3  # similarity of the header from which a field's values are tested at all
_PEOPLE = frozenset({"participants", "enrolments", "jobs"})
_PERSONAL = _PEOPLE | {"contacts", "benefits", "measures", "evidence", "assignments"}
_AGGREGATE = 0.8  # of the score of a field that is of no person, in a sheet that names people
_HEADER, _VALUES = 0.55, 0.45  # a field that no entry fits keeps this share of its header's similarity


@dataclass(frozen=True)
class ColumnCells:
    """One column. cells: its distinct filled entries, tidied, the commonest first. filled: share of the records with one."""

    header: str
    cells: tuple[Cell, ...]
    filled: float = 1.0


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one column.

    target: `table.field`, a shared field's name, or '' to ignore it. score: 0 to 1. why: in words. runners: further fields
    with their scores, best first. ignored: why it is not read. vague: all else fits, but the header alone says too little.
    """

    header: str
    target: str
    sure: Sureness
    score: float
    why: str
    runners: tuple[tuple[str, float], ...] = ()
    ignored: str = ""
    vague: bool = False


@dataclass(frozen=True)
class _Scored:
    """Scores of one column by target number, with the similarity and fit behind them, and what is not to be read."""

    score: np.ndarray
    similarity: np.ndarray
    fit: np.ndarray
    name: tuple[str, ...]
    aside: str = ""
    private: bool = field(default=False)


def propose_columns(columns: Sequence[ColumnCells], schema: Schema) -> tuple[Proposal, ...]:
    """Propose a field for every column, in their order.

    A header is compared with the schema's synonyms and the entries with what the field can hold. Tables that other columns
    of the sheet speak for gain a little. Then each field goes to one column at most, so that the sum of the scores is
    greatest (linear assignment). Columns that could say who a person is, and free text, are proposed to be ignored.
    """
    targets = map_targets(schema)
    known = _Known.of(targets)
    scored = [_scored(column, known, schema) for column in columns]
    if len(columns) > 1:
        scored = _in_context(scored, targets)
    given = _assigned(scored)
    pairs = enumerate(zip(columns, scored, strict=True))
    proposals = [_proposal(column, one, given.get(place), targets) for place, (column, one) in pairs]
    return _of_one_table(proposals)


@dataclass(frozen=True)
class _Known:
    """The targets, and all their names in one index. starts: where each target's begin. share: what each name counts."""

    targets: tuple[MapTarget, ...]
    index: NameIndex
    weights: Mapping[str, float]
    starts: np.ndarray
    share: np.ndarray
    near_people: np.ndarray

    @classmethod
    def of(cls, targets: tuple[MapTarget, ...]) -> _Known:
        weights = word_weights([target.names for target in targets])
        names = [name for target in targets for name in (*target.names, *target.weak)]
        share = [share for one in targets for share in (*[1.0] * len(one.names), *[_WEAK] * len(one.weak))]
        starts = np.cumsum([0, *(len(one.names) + len(one.weak) for one in targets)])[:-1]
        people = np.array([1.0 if _PEOPLE & set(target.tables) else _AWAY for target in targets])
        return cls(targets, name_index(names, weights), weights, starts, np.array(share), people)

    def nearest(self, header: str) -> tuple[np.ndarray, tuple[str, ...]]:
        """Give the similarity of each target's nearest name, and that name."""
        alike = similarities(header, self.index, self.weights) * self.share
        ends = [*self.starts[1:], len(alike)]
        best = [start + int(alike[start:end].argmax()) for start, end in zip(self.starts, ends, strict=True)]
        return alike[best], tuple(self.index.names[place] for place in best)


def _scored(column: ColumnCells, known: _Known, schema: Schema) -> _Scored:
    cells = column.cells[:_TESTED]
    near, names = known.nearest(column.header)
    lists = [schema.codelists.get(target.field.codelist) for target in known.targets]
    told = np.array([code_share(cells, codes) if codes else 0.0 for codes in lists])
    tested = [alike >= _TRIED or codes is not None for alike, codes in zip(near, lists, strict=True)]
    fits = np.array(
        [
            value_fit(cells, target.field, schema.codelists) if wanted else 0.0
            for target, wanted in zip(known.targets, tested, strict=True)
        ]
    )
    score = near * (_HEADER + _VALUES * fits)
    score = np.maximum(score, np.where(told > _CODED, _CODES_ALONE * told * (0.7 + 0.3 * near), 0.0)) * known.near_people
    private = direct_identifier(column.header, cells)
    aside = f"it could hold a direct identifier ({private})" if private else free_text(column.header, cells)
    if aside and not private and told.max(initial=0.0) > _CODED:
        aside = ""  # whatever it is called, it holds the codes of a list
    return _Scored(score, near, fits, names, aside, bool(private))


def _in_context(scored: Sequence[_Scored], targets: Sequence[MapTarget]) -> list[_Scored]:
    """Let tables gain that other columns speak for: by the share of their weight, up to `context`."""
    spoken: dict[str, float] = {}
    for one in scored:
        best = int(one.score.argmax())
        if not one.aside and one.score[best] >= THRESHOLDS.shown and targets[best].key not in SHARED:
            table = targets[best].tables[0]
            spoken[table] = spoken.get(table, 0.0) + float(one.score[best])
    most = max(spoken.values(), default=0.0)
    if not most:
        return list(scored)
    gain = np.array([max(spoken.get(table, 0.0) for table in target.tables) / most for target in targets])
    share = 1 + THRESHOLDS.context * (gain - 1)
    if _names_people(scored, targets):
        share = share * [1.0 if _PERSONAL & set(target.tables) else _AGGREGATE for target in targets]
    return [replace(one, score=one.score * share) for one in scored]


def _names_people(scored: Sequence[_Scored], targets: Sequence[MapTarget]) -> bool:
    """Say whether a column holds people's identifiers: a sheet of sums, of sites or of posts has none."""
    place = next(number for number, target in enumerate(targets) if target.key == "participant_id")
    return any(one.similarity[place] >= THRESHOLDS.named and one.fit[place] >= THRESHOLDS.fits for one in scored)


def _assigned(scored: Sequence[_Scored]) -> dict[int, int]:
    """Give each column its target number, each target once, where the score is worth showing."""
    worth = np.array([np.where(_worth(one.score), one.score, 0.0) * (not one.aside) for one in scored])
    if not worth.size:
        return {}
    rows, places = linear_sum_assignment(worth, maximize=True)
    return {int(row): int(place) for row, place in zip(rows, places, strict=True) if worth[row, place] > 0}


def _of_one_table(proposals: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Accept 'Start date' and its like where every other column that is accepted is of the same table."""
    accepted = {one.target.partition(".")[0] for one in proposals if one.sure != "unsure" and "." in one.target}
    clear = (
        accepted if len(accepted) == 1 and sum("." in one.target and one.sure != "unsure" for one in proposals) > 1 else ()
    )
    return tuple(
        replace(one, sure="likely", why=f"{one.why}; the sheet is about {one.target.partition('.')[0]}")
        if one.vague and one.target.partition(".")[0] in clear
        else one
        for one in proposals
    )


def _worth(score: np.ndarray) -> np.ndarray:
    enough: np.ndarray = score >= max(THRESHOLDS.shown, _INSTEAD * float(score.max(initial=0.0)))
    return enough


def _proposal(column: ColumnCells, one: _Scored, given: int | None, targets: Sequence[MapTarget]) -> Proposal:
    order = np.argsort(-one.score, kind="stable")[:4]
    ranked = [(targets[place].key, round(float(one.score[place]), 2)) for place in order if one.score[place] > 0.15]
    if one.aside:
        sure: Sureness = "certain" if one.private else "likely"
        return Proposal(column.header, "", sure, 0.0, one.aside, tuple(ranked[:3]), one.aside)
    if given is None:
        why = "no entry to judge by" if not column.cells else "no field is near enough"
        return Proposal(column.header, "", "unsure", 0.0, why, tuple(ranked[:3]), why)
    target = targets[given]
    score, near, fit = (float(values[given]) for values in (one.score, one.similarity, one.fit))
    others = np.delete(one.score, given)
    lead = score - float(others.max(initial=0.0))
    alike = int((one.similarity >= THRESHOLDS.named).sum())
    vague = says_too_little(column.header, _speaking(target))
    entries = f"{fit:.0%} of its entries fit" if column.cells else "it has no entries yet"
    why = f"header {near:.0%} like '{one.name[given]}', {entries}"
    runners = tuple(pair for pair in ranked if pair[0] != target.key)[:3]
    coded = bool(target.field.codelist) or target.field.type == "boolean"
    sure = sureness(Match(near, fit / best_fit(target.field), lead, vague, alike, coded, not column.cells))
    clear = (
        vague
        and sureness(Match(near, fit / best_fit(target.field), lead, False, alike, coded, not column.cells)) != "unsure"
    )
    if target.field.name == "birth_year" and any(map(is_day, column.cells)):
        sure, why = "unsure", "it holds days of birth, a direct identifier: only the year would be kept"
    return Proposal(column.header, target.key, sure, round(score, 2), why, runners, vague=clear)


def _speaking(target: MapTarget) -> tuple[str, ...]:
    return ("age",) if target.field.name == "age_at_referral" else ()
