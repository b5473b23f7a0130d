"""Count what each site gives in each field: how many rows, how many filled, whether all alike, how many codes unknown."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evaltools.clean.cell_names import column_letters
from evaltools.schema.table import Schema, Table

__all__ = ["FIELD_COUNTS", "count_fields"]

FIELD_COUNTS: dict[str, str] = {
    "site": "string",
    "table": "string",
    "field": "string",
    "mapped": "boolean",  # a layout of the site gives the field a column or a value
    "rows": "Int64",  # of the table, at the site
    "filled": "Int64",  # of these, how many hold an entry that is not 'unknown'
    "distinct": "Int64",  # different entries among the filled
    "unmapped": "Int64",  # entries whose code is not known (D107)
}
_PEOPLE = ("participants", "enrolments", "jobs", "evidence", "contacts", "benefits", "measures", "assignments")
_UNKNOWN = "unknown"


def count_fields(
    tables: Mapping[str, pd.DataFrame], places: pd.DataFrame, spots: pd.DataFrame, findings: pd.DataFrame, schema: Schema
) -> pd.DataFrame:
    """Count by site and field of the tables about people (columns FIELD_COUNTS); identifiers and sites are left out.

    places, spots: of `place_rows`. findings: columns of `domain.harmonised`. Holds counts only. A table that no site sends
    is left out; one that some sites send has its fields for all sites of the study.
    """
    stated = [tables[name]["site_id"].dropna().astype(str).unique() for name in ("sites", *_PEOPLE[:3])]
    sites = list(dict.fromkeys(site for some in stated for site in some))
    names = [name for name in _PEOPLE if len(tables.get(name, ())) or (spots["table"] == name).any()]
    fields = [one for name in names for one in _of_table(tables[name], schema.tables[name], sites)]
    counted = pd.DataFrame(fields, columns=[name for name in FIELD_COUNTS if name not in ("mapped", "unmapped")])
    key = ["site", "table", "field"]
    counted = counted.merge(_mapped(tables, places, spots), how="left", on=key).merge(
        _unknown_codes(spots, findings), how="left", on=key
    )
    counted["mapped"] = counted["mapped"].notna() | (counted["filled"] > 0)
    return counted.assign(unmapped=counted["unmapped"].fillna(0))[list(FIELD_COUNTS)].astype(FIELD_COUNTS)


def _of_table(rows: pd.DataFrame, table: Table, sites: list[str]) -> list[dict[str, object]]:
    """Count the filled entries of each field at each site."""
    site = rows["site_id"].astype("object")
    counted: list[dict[str, object]] = []
    for name, field in table.fields.items():
        if field.identifier or name == "site_id":
            continue
        held = rows[name].mask(rows[name] == _UNKNOWN) if field.codelist else rows[name]
        groups = held.groupby(site, sort=False)
        sizes, filled, distinct = groups.size(), groups.count(), groups.nunique()
        counted += [
            {"site": one, "table": table.name, "field": name}
            | {"rows": sizes.get(one, 0), "filled": filled.get(one, 0), "distinct": distinct.get(one, 0)}
            for one in sites
        ]
    return counted


def _mapped(tables: Mapping[str, pd.DataFrame], places: pd.DataFrame, spots: pd.DataFrame) -> pd.DataFrame:
    """Find the fields that have a column in a part of a sheet from which a site has rows, or in a layout of the site."""
    owners = [pd.DataFrame({"site": spots["site"].astype("object"), "part": spots["part"]})]
    for name, rows in tables.items():
        part = places.loc[(places["table"] == name).to_numpy(), "part"].to_numpy()
        if len(part) == len(rows) and "site_id" in rows.columns:
            owners.append(pd.DataFrame({"site": rows["site_id"].to_numpy(dtype=object), "part": part}).drop_duplicates())
    owned = pd.concat(owners, ignore_index=True).dropna().drop_duplicates()
    columns = spots.loc[spots["field"] != "", ["part", "table", "field"]]
    found = owned.merge(columns, on="part")[["site", "table", "field"]].drop_duplicates()
    return found.astype("string").assign(mapped=True)


def _unknown_codes(spots: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """Count entries with unknown codes by site and field, from where the findings say that they stand."""
    found = findings[findings["code"] == "D107"]
    letters = found["cells"].astype("object").str.extract(r"^([A-Z]+)\d", expand=False)
    at = found.assign(letters=letters.to_numpy())[["file", "sheet", "letters", "count"]]
    columns = spots[(spots["field"] != "") & (spots["position"] >= 0)].drop_duplicates(
        ["file", "sheet", "position", "field"]
    )
    named = columns.assign(letters=[column_letters(position) for position in columns["position"]])
    both = at.merge(named, on=["file", "sheet", "letters"])
    counted = both.groupby(["site", "table", "field"])["count"].sum().rename("unmapped").reset_index()
    return counted.astype({"site": "string", "table": "string", "field": "string", "unmapped": "Int64"})
