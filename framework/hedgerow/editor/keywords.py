"""What each word of the language starts or says, in one sentence, and the line it begins.

In a line to be filled in, `${1:...}` marks the first gap and what to put there, as editors read it.
"""

from __future__ import annotations

from msgspec import Struct


class Keyword(Struct, frozen=True):
    says: str
    line: str = ""  # the whole line, to be filled in; empty: the word alone


KEYWORDS: dict[str, Keyword] = {
    "strategy": Keyword("The name and version of this methodology; the first line of a file.",
                        'strategy ${1:name} ${2:1.0.0}\n"${3:What it does, in one sentence}"'),
    "variant": Keyword("A file that says only how it differs from another.",
                       'variant ${1:name} ${2:1.0.0} of "${3:parent.rules}"'),
    "needs": Keyword("Series without which there is no run.", "needs ${1:SPX, VIX}"),
    "wants": Keyword("Series that may be missing: a condition on a missing one is unknown.",
                     "wants ${1:VIX3M}"),
    "events": Keyword("Calendars the file reads.", "events ${1:FOMC}"),
    "param": Keyword("A number to turn, with the range that sweeps try.",
                     "param ${1:name} = ${2:50%} from ${3:40%} to ${4:60%}"),
    "let": Keyword("A name for an expression; it follows whatever it is made of.",
                   "let ${1:name} = ${2:rsi(VIX, 14)}"),
    "sd": Keyword("What `sd` is measured by in this file.", "sd = ${1:implied}"),
    "structure": Keyword("A position of several legs, to be bought or sold by name.",
                         "structure ${1:name}(U, expiry, short) {\n"
                         "  ${2:short_put}: sell put(U, expiry = expiry, strike = short)\n}"),
    "shock": Keyword("A joint move of series, for stress sizing and reports.",
                     "shock ${1:spike} {\n  VIX + ${2:6} points\n  SPX - ${3:4}%\n}"),
    "entry": Keyword("A rule that opens a position.",
                     "entry ${1:name} {\n  ${2:sell iron_condor(SPX, expiry = 45 days, "
                     "short = 1.5 sd, wing = 50 points)}\n  size risk ${3:10%} of capital\n"
                     "  exit when ${4:profit >= 50% of credit}\n}"),
    "layers": Keyword("A stack of entries: each can arm only while the one before it is armed.",
                      "layers ${1:hedge} {\n  layer ${2:first} at ${3:VIX >= 18} until "
                      "${4:VIX < 16} {\n    $0\n  }\n}"),
    "layer": Keyword("One layer of a stack; `at` arms it, `until` disarms it.",
                     "layer ${1:first} at ${2:VIX >= 18} until ${3:VIX < 16} {\n  $0\n}"),
    "at": Keyword("From the session this holds, the layer is armed."),
    "until": Keyword("From the session this holds, the layer is disarmed."),
    "buy": Keyword("Open the structure from the long side.",
                   "buy ${1:call}(${2:VIX}, expiry = ${3:30 days}, strike = ${4:30 delta})"),
    "sell": Keyword("Open the structure from the short side.",
                    "sell ${1:iron_condor}(${2:SPX}, expiry = ${3:45 days}, "
                    "short = ${4:1.5 sd}, wing = ${5:50 points})"),
    "offset": Keyword("Open whichever side the measure to cover needs.",
                      "offset ${1:shares}(${2:SPX})"),
    "when": Keyword("The rule opens only in sessions where this holds.", "when ${1:VIX > 20}"),
    "size": Keyword("How much is opened; whole contracts, rounded toward less risk.",
                    "size risk ${1:10%} of capital"),
    "risk": Keyword("By the worst loss at expiry, from the payoff of all legs together."),
    "spend": Keyword("By the premium paid."),
    "cover": Keyword("By what it offsets: a part of a measure such as `loss(condors, spike)`."),
    "exit": Keyword("Closes the position, with a reason for the log.",
                    "exit when ${1:profit >= 50% of credit} \"${2:half the credit is in}\""),
    "roll": Keyword("Closes the position and opens another in its place.",
                    "roll when ${1:days_to_expiry <= 7 days}"),
    "into": Keyword("What a roll opens instead of the same structure again."),
    "rebalance": Keyword("Works the size out anew and trades the difference.",
                         "rebalance when ${1:every 5 sessions}"),
    "at most": Keyword("How many positions of this rule may be open at a time.",
                       "at most ${1:2} open"),
    "limit": Keyword("An order that would break it is scaled down or refused, and logged.",
                     "limit ${1:margin <= 60% of equity}"),
    "always": Keyword("A promise: true in every session.", "always ${1:drawdown < 20%}"),
    "never": Keyword("A promise: true in no session.", "never ${1:margin > equity}"),
    "whenever": Keyword("A promise: after the one, the other within some time.",
                        "whenever ${1:VIX > 30} then ${2:hedge is open} within ${3:2 sessions}"),
    "after": Keyword("A promise: after the one, none of the other for some time.",
                     "after ${1:exit base} no ${2:entry base} for ${3:3 sessions}"),
    "claim": Keyword("A promise about results, judged on data against a baseline.",
                     'claim "${1:a smaller drawdown}" against ${2:unhedged} {\n'
                     "  ${3:max_drawdown <= 67% of baseline.max_drawdown}\n}"),
    "test": Keyword("A scenario, and what the rules must decide in it.",
                    'test "${1:a spike arms the first layer}" {\n  ${2:VIX}: ${3:15 x20, 19}\n'
                    "  expect ${4:entry hedge.first}\n}"),
    "expect": Keyword("What must, or with `no` must not, be decided in this scenario.",
                      "expect ${1:entry base}"),
    "set": Keyword("Gives something of the parent another value; `was` says which it had.",
                   "set ${1:coverage} = ${2:60%} was ${3:50%}"),
    "drop": Keyword("Leaves something of the parent out.", "drop ${1:hedge.second}"),
    "add": Keyword("Puts something new into the parent.", "add ${1:exit to base when VIX > 40}"),
    "was": Keyword("What the parent says; a parent that moved on is noticed."),
    "locked": Keyword("No variant may change this value."),
    "all": Keyword("True when every line below is.", "all {\n  $0\n}"),
    "any": Keyword("True when at least one line below is.", "any {\n  $0\n}"),
    "otherwise": Keyword("The value to take where the one before is unknown."),
    "if": Keyword("One value or the other.", "if ${1:VIX > 20} then ${2:2 sd} else ${3:1.5 sd}"),
    "for": Keyword("True on each of the last sessions."),
    "within": Keyword("Near an event, or true at least once lately."),
    "between": Keyword("From the one value to the other, both included."),
    "crosses": Keyword("The last session on one side or equal, this one on the other."),
    "becomes": Keyword("True now, and not in the session before."),
    "rises": Keyword("Higher than the session before, on each of them."),
    "falls": Keyword("Lower than the session before, on each of them."),
    "since": Keyword("How many sessions ago something last held."),
    "every": Keyword("True once in so many sessions."),
    "of": Keyword("A part of a value: `40% of capital`."),
    "monthly": Keyword("Only the expiries of the monthly cycle."),
    "weekly": Keyword("Only the expiries of the weekly cycle."),
}  # fmt: skip
