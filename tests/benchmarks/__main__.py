"""All benchmarks, as ratios in one run: `python -m tests.benchmarks [repeats]`.

They fail where the book by hand and the compiled one differ by a cent; no time is asserted.
"""

import sys

from tests.benchmarks.hosts import host_rows
from tests.benchmarks.prices import formula_rows, life_rows
from tests.benchmarks.processes import facts, process_rows
from tests.benchmarks.scaling import scaling
from tests.benchmarks.timing import table

repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 5
# First, while this process is small: one that it starts counts as no smaller than itself.
print(table("Whole processes", process_rows(repeats)))
print("\n".join([*facts(), ""]))
print(table("Hosts, 8,313 sessions of the sample, unhedged.rules", host_rows(repeats)))
print(table("Black's formula, 40,000 options", formula_rows(repeats)))
print(table("Twenty positions of five legs, their whole lives", life_rows(repeats)))
print(scaling())
