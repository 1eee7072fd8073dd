"""Measures the model against real data and writes docs/fidelity.md with its pictures.

HEDGEROW_VALIDATION_DATA=DIR PYTHONPATH=framework python -m tests.validation
"""

from __future__ import annotations

import sys
from pathlib import Path
from string import Template

from tests.validation import chain_tables, pictures, skew_index, vx_errors
from tests.validation.material import VARIABLE, folder

PAGE = Path(__file__).parent.parent.parent / "docs" / "fidelity.md"
_TEMPLATE = Path(__file__).parent / "fidelity.md.template"


def page(data: Path) -> str:
    """The page with every table measured anew."""
    return Template(_TEMPLATE.read_text("utf-8")).substitute(
        vx="\n".join(vx_errors.table(data)),
        vx_naive=vx_errors.naive(data),
        days="\n".join(chain_tables.cleaned(data)),
        deltas="\n".join(chain_tables.by_delta(data)),
        condors="\n".join(chain_tables.condors(data)),
        condor_summary=chain_tables.summary(data),
        skews="\n".join(skew_index.table(data)),
    )


if __name__ == "__main__":
    found = folder()
    if found is None:
        sys.exit(f"nothing measured: {VARIABLE} names no folder of validation data")
    PAGE.write_text(page(found), "utf-8")
    for name, picture in pictures.pictures(found).items():
        (pictures.FOLDER / name).write_text(picture, "utf-8")
    print(f"wrote {PAGE.name} and its pictures")
