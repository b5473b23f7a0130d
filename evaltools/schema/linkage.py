"""How people are linked between sites: which columns of a file serve it, and the rule of a study."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["LINK_FIELDS", "LinkField", "Linkage"]

LinkField = Literal["nhs_number", "given_name", "family_name", "full_name", "birth_date", "postcode"]
LINK_FIELDS: tuple[LinkField, ...] = ("nhs_number", "given_name", "family_name", "full_name", "birth_date", "postcode")


class Linkage(BaseModel):
    """The section `[linkage]` of a study file.

    method: 'exact' links people of different sites who share a keyed hash (NHS number, or name, birth date and postcode);
    'probabilistic' also weighs what nearly agrees, with splink (extra `[link]`); 'none' links nobody.
    link_above, review_above: match probabilities. Pairs from `link_above` on are linked; pairs between the two go to the
    decision sheet; pairs below `review_above` are dropped.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Literal["exact", "probabilistic", "none"] = "exact"
    link_above: float = Field(default=0.99, gt=0.5, le=1)
    review_above: float = Field(default=0.5, gt=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> Linkage:
        if self.review_above > self.link_above:
            raise ValueError("review_above must not be greater than link_above")
        return self
