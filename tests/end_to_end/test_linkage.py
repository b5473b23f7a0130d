"""The same person at two sites: linked by keyed hashes, counted once, and never named outside the raw files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from evaltools import pipeline
from evaltools.errors import LayoutError
from evaltools.study import Study
from evaltools.verbs.compare import compare_linkage

LINK = {"NHS no": "nhs_number", "Name": "full_name", "Born": "birth_date", "Postcode": "postcode"}
COLUMNS = {
    "ID": "participants.participant_id",
    "Sex": "participants.sex",
    "Referred": {"field": "enrolments.referral_date", "dates": ["dd/mm/yyyy"]},
    "Engaged": {"field": "enrolments.engaged_date", "dates": ["dd/mm/yyyy"]},
    "Started": {"field": "jobs.start_date", "dates": ["dd/mm/yyyy"]},
    "Hours": "jobs.hours_per_week",
}
HEAD = "ID,NHS no,Name,Born,Postcode,Sex,Referred,Engaged,Started,Hours\n"
NORTH = HEAD + (
    "N1,943 476 5919,Zoë O'Neill,03/04/1980,N1 1AA,F,01/02/2023,08/02/2023,,\n"
    'N2,,"Quartermain, Jago",05/06/1975,N2 2BB,M,01/02/2023,08/02/2023,,\n'
    "N3,,Jane Smith,07/08/1990,,F,01/02/2023,08/02/2023,,\n"
    "N4,,Ann Lee,01/01/1970,N4 4DD,F,01/02/2023,08/02/2023,01/03/2023,16\n"
)
SOUTH = HEAD + (
    "S1,9434765919,Zoe ONeill,03/04/1980,,F,01/05/2023,08/05/2023,01/07/2023,20\n"
    "S2,,JAGO QUARTERMAIN,05/06/1975,n22bb,M,01/05/2023,08/05/2023,,\n"
    "S3,,Jane Smith,07/08/1990,S3 3CC,F,01/05/2023,08/05/2023,,\n"
    "N4,,Ann Loo,02/02/1971,S4 4DD,F,01/05/2023,08/05/2023,,\n"  # the other site's number by chance: another person
)
ENTRIES = (
    "943",
    "476",
    "5919",
    "Zo",
    "Neill",
    "uartermain",
    "UARTERMAIN",
    "Jago",
    "JAGO",
    "1975-06-05",
    "05/06/1975",
    "N2 2BB",
)


def _layout(site: str, link: dict[str, str] = LINK) -> dict[str, object]:
    return {"files": [f"{site}*"], "sheets": [{"columns": COLUMNS, "link": link}]}


@pytest.fixture
def study(small_study: Callable[..., Study]) -> Study:
    layouts = {"north": _layout("north"), "south": _layout("south")}
    return small_study({"north.csv": NORTH, "south.csv": SOUTH}, layouts)


def _links(study: Study) -> pd.DataFrame:
    return pd.read_parquet(pipeline.prepare(study) / "links.parquet")


def test_people_of_two_sites_are_linked_exactly_and_the_unsure_are_asked_about(study: Study) -> None:
    links = _links(study)
    assert sorted(zip(links["rule"], links["status"], strict=True)) == [
        ("name_birth", "review"), ("name_birth_postcode", "linked"), ("nhs_number", "linked")
    ]  # fmt: skip
    assert set(links["left_site"]) | set(links["right_site"]) == {"north", "south"}


def test_linked_people_are_counted_once_in_the_outcomes_and_stay_apart_in_the_tables(study: Study) -> None:
    folder = pipeline.prepare(study)
    assert len(pd.read_parquet(folder / "participants.parquet")) == 8
    assert len(pd.read_parquet(folder / "outcomes.parquet")) == 6


def test_nobody_is_linked_where_the_study_says_none(small_study: Callable[..., Study]) -> None:
    layouts = {"north": _layout("north"), "south": _layout("south")}
    study = small_study({"north.csv": NORTH, "south.csv": SOUTH}, layouts, '\n[linkage]\nmethod = "none"\n')
    assert _links(study).empty
    assert len(pd.read_parquet(study.build / "1_prepared" / "outcomes.parquet")) == 8


def test_estimates_stand_side_by_side_linked_and_unlinked(study: Study) -> None:
    numbers = compare_linkage(study, lambda words: None).numbers.set_index("estimate_id")
    started = numbers.loc["lcf_mhep.job_start.proportion.programme.all"]
    assert (started["old"], started["new"]) == (pytest.approx(2 / 8), pytest.approx(2 / 6))
    assert not list((study.build / "private").glob(".aside-*"))


def test_no_name_number_or_key_leaves_the_raw_files(study: Study) -> None:
    pipeline.release(study)
    files = [path for path in study.build.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        content = path.read_bytes()
        if path.suffix == ".parquet":
            content += pd.read_parquet(path).astype(str).to_csv(index=False).encode()
        if path.suffix in (".parquet", ".csv", ".json"):
            assert not [entry for entry in ENTRIES[3:] if entry.encode() in content], path.name
            assert b"9434765919" not in content.replace(b" ", b""), path.name


def test_a_column_to_link_by_that_is_missing_is_named(small_study: Callable[..., Study]) -> None:
    layouts = {"north": _layout("north", LINK | {"Surname": "family_name"})}
    with pytest.raises(LayoutError, match=r"L209.*Surname"):
        pipeline.prepare(small_study({"north.csv": NORTH}, layouts))


def test_names_spelt_differently_are_weighed_where_the_study_asks_for_it(
    small_study: Callable[..., Study], tmp_path: Path
) -> None:
    pytest.importorskip("splink")
    given, family = (
        ("Jane", "Omar", "Mary", "Liam", "Grace"),
        ("Bakewell", "Chowdhury", "Draper", "Ellington", "Fairfax", "Gill"),
    )
    names = [f"{one} {other}" for one in given for other in family]
    rows = [
        f"{name},{1 + number % 28:02d}/{1 + number % 12:02d}/{1960 + number},LS{number % 9 + 1} {number % 9}AA"
        for number, name in enumerate(names)
    ]
    tail = ",F,01/02/2023,08/02/2023,,\n"
    head = HEAD.replace("NHS no,", "")
    north = head + "".join(f"N{number},{row}{tail}" for number, row in enumerate(rows))
    misspelt = [row.replace("ll", "l").replace("owd", "ow") for row in rows[:24]]
    south = head + "".join(f"S{number},{row}{tail}" for number, row in enumerate(misspelt))
    link = {name: field for name, field in LINK.items() if name != "NHS no"}
    layouts = {"north": _layout("north", link), "south": _layout("south", link)}
    more = '\n[linkage]\nmethod = "probabilistic"\nlink_above = 0.95\n'
    found = _links(small_study({"north.csv": north, "south.csv": south}, layouts, more))
    linked = found[found["status"] == "linked"]
    exact = {row.split(",")[0] for row in rows[:24]} & {row.split(",")[0] for row in misspelt}
    assert (linked["rule"] == "name_birth_postcode").sum() == len(exact) < 24
    assert len(linked) == 24
    assert linked.loc[linked["rule"] == "probabilistic", "weight"].notna().all()
