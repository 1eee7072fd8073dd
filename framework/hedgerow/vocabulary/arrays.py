"""numpy, loaded when the first array is computed: checking a rule file computes none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Dates = NDArray[np.datetime64]
else:

    class _Numpy:
        def __getattr__(self, name: str) -> Any:
            import numpy

            return getattr(numpy, name)

    np = _Numpy()
    Array = Flags = Dates = Any

__all__ = ["Array", "Dates", "Flags", "np"]
