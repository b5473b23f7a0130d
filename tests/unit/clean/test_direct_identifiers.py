from __future__ import annotations

import pytest

from evaltools.clean.direct_identifiers import direct_identifier

COLUMNS = """
  Client name          | Jo Bloggs                 | name
  Surname              | Bloggs                    | name
  Initials             | JB                        | name
  Employer name        | Acme Ltd                  |
  Staff initials       | JB                        |
  Project name         | Camden IPS                |
  NHS no               | 943 476 5919              | NHS number
  Ref                  | 9434765919; 4010232137    | NHS number
  Ref                  | 9434765918; 1234567890    |
  Postcode             | SW1A 1AA                  | postcode
  Area                 | SW1A 1AA; E8 4RP          | postcode
  Contact              | 07700 900123              | telephone number
  Email                | jo@example.org            | e-mail address
  E-mail               |                           | e-mail address
  NI number            | QQ123456C                 | National Insurance number
  Home address         | 1 High Street             | address
  Telephone contact    | Yes; No                   |
  Sex                  | F; M                      |
"""


@pytest.mark.parametrize("line", COLUMNS.strip().splitlines())
def test_columns_that_could_say_who_somebody_is(line: str) -> None:
    header, cells, kind = (part.strip() for part in line.split("|"))
    assert direct_identifier(header, [cell for cell in cells.split("; ") if cell]) == kind
