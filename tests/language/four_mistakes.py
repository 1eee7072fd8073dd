"""Are four mistakes a file all reported, and nothing else? `python -m tests.language.four_mistakes`

Each file is clean but for four lines, chosen at random and damaged at random: in syntax, in a name,
in a unit. What is counted is the lines that are reported, once each.
"""

import random
from collections import Counter
from collections.abc import Callable

from hedgerow.book import check_text
from hedgerow.text.source import Source

FILES = 400
BLOCK = """\
let calm{n} = VIX < {low}
entry e{n} {{
  sell iron_condor(SPX, expiry = {days} days, short = 1.5 sd, wing = 50 points)
  when SPX > 1{n}00 and calm{n} and VIX > 9
  size risk {n}.5% of capital
  at most {n} open
  exit when profit >= {low}% of credit "enough is in"
  exit when days_to_expiry <= {n} days
}}
"""
DAMAGE: dict[str, tuple[str, Callable[[str], str]]] = {
    "logic of C": ("when", lambda line: f"{line} && calm"),
    "no value": ("when", lambda line: f"{line} and"),
    "a stray parenthesis": ("exit when days", lambda line: f"{line})"),
    "a misspelt first word": ("", lambda line: line[:1] + line[2:]),
    "words too many": ("at most", lambda line: f"{line} please please"),
    "two signs": ("let", lambda line: line.replace("<", "< <")),
    "no equals sign": ("let", lambda line: line.replace(" =", "")),
    "a quote left open": ("exit when profit", lambda line: line[:-1]),
    "a misspelt series": ("let", lambda line: line.replace("VIX", "VXI")),
    "a misspelt argument": ("sell", lambda line: line.replace("wing", "wimg")),
    "a misspelt structure": ("sell", lambda line: line.replace("condor", "condro")),
    "a misspelt measure": ("exit when profit", lambda line: line.replace("profit", "proift")),
    "days for sessions": ("sell", lambda line: line.replace("days", "points")),
    "a unit that does not fit": ("when", lambda line: line.replace("> 9", "> 9 days")),
    "a share of nothing": ("size", lambda line: line.replace(" of capital", "")),
    "a number without a unit": ("exit when days", lambda line: line.replace(" days", "")),
}


def seeded(seed: int) -> tuple[str, dict[int, str]]:
    """A file of five rules, and the damage done to four of its lines, by line number."""
    chance = random.Random(seed)
    blocks = [BLOCK.format(n=n, low=18 + n, days=30 + n) for n in range(1, 6)]
    lines = ["strategy seeded 1.0.0", "needs SPX, VIX", *"\n".join(blocks).splitlines()]
    whole = [at for at, line in enumerate(lines) if at > 1 and line[-1:] not in ("", "{", "}")]
    done: dict[int, str] = {}
    for at in sorted(chance.sample(whole, 4)):
        written = lines[at].lstrip()
        kind = chance.choice([kind for kind, (head, _) in DAMAGE.items()
                              if written.startswith(head)])  # fmt: skip
        lines[at] = lines[at].replace(written, DAMAGE[kind][1](written))
        done[at + 1] = kind
    return "\n".join(lines) + "\n", done


def reported(text: str) -> list[int]:
    """The line of each diagnostic, in order."""
    source = Source("seeded.rules", text)
    return [source.position(each.span.start)[0] for each in check_text(source)]


def main() -> None:
    missed: Counter[str] = Counter()
    more = 0
    for seed in range(FILES):
        text, done = seeded(seed)
        lines = Counter(reported(text))
        missed.update(kind for line, kind in done.items() if not lines[line])
        more += sum((lines - Counter(done.keys())).values())
    found = 4 * FILES - sum(missed.values())
    print(
        f"{FILES} files: {found:,} of {4 * FILES:,} mistakes reported, {more} reports beside them"
    )
    for kind, count in missed.most_common():
        print(f"  missed {count}: {kind}")


if __name__ == "__main__":
    main()
