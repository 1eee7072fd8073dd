"""How steep the modelled smiles are: what no published index pins down.

Real skews lie in regimes that last for years, so that a run is worth repeating with both ends.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Steepness(StrEnum):
    FLAT = "flat"
    MEASURED = "measured"
    STEEP = "steep"


class Wings(Struct, frozen=True):
    """`MEASURED` is what the model was fitted to."""

    spx_put: float  # added to the normalised put wing of SPX at 30 days
    vix_call: float  # normalised call wing of VIX options at 30 days

    def notes(self) -> tuple[str, ...]:
        """What a reader of a report must know; nothing where both are as measured."""
        said = []
        if self.spx_put != MEASURED.spx_put:
            said.append(
                f"The modelled put wing of SPX is moved by {self.spx_put:+.2f} from what was "
                "measured."
            )
        if self.vix_call != MEASURED.vix_call:
            said.append(
                f"The modelled call wing of VIX options is {self.vix_call:.2f} at 30 days, not the "
                f"measured {MEASURED.vix_call:.2f}."
            )
        return tuple(said)


_SPX_PUT = {Steepness.FLAT: -0.25, Steepness.MEASURED: 0.0, Steepness.STEEP: 0.25}
_VIX_CALL = {Steepness.FLAT: 1.0, Steepness.MEASURED: 1.45, Steepness.STEEP: 1.8}


def wings_from(spx: Steepness, vix: Steepness) -> Wings:
    return Wings(_SPX_PUT[spx], _VIX_CALL[vix])


MEASURED = wings_from(Steepness.MEASURED, Steepness.MEASURED)
