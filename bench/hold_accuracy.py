"""`python -m bench.hold_accuracy`: how near the holds, really spoken, come to what was promised."""

from collections.abc import Iterator, Mapping
from statistics import median

from bench.holds import CONTENT, Hold, all_holds
from bench.pace_fit import fitted_sentences
from bench.synthesisers import Synthesiser, espeak, neural_voice
from skill.content import DEFAULT_LOCALE, load_content, load_contents

PLANNED = "160"
NOTES = """\
150, 160, 175: espeak-ng at that many words a minute; the timetable is planned for 160.
raw: each spoken part with the silence around it; trim: without.
naive: the pauses alone add up to the promise and the speech comes on top.
hibari: a neural voice that the pace was not fitted to (pip install hibari-tts); one factor sets its speed,
chosen on bench/pace_fit.en.txt."""


def voices() -> dict[str, Synthesiser]:
    """Return the voices to measure with, by name; the neural one only where it is installed."""
    named = {f"{speed}": espeak(speed) for speed in (150, 160, 175)}
    neural = neural_voice(fitted_sentences("en"), load_content(CONTENT).narrator().pace)
    return named if neural is None else {**named, "hibari": neural}


def accuracy(locale: str) -> Mapping[str, float]:
    """Return the errors of a locale's holds in %: median and worst, raw and trimmed."""
    voice = espeak(int(PLANNED), locale)
    errors = [hold.errors(voice) for hold in all_holds(locale)]
    raw, trimmed = ([abs(error) for error in column] for column in zip(*errors, strict=True))
    return {
        "median raw": median(raw),
        "worst raw": max(raw),
        "median trim": median(trimmed),
        "worst trim": max(trimmed),
    }


def columns(hold: Hold, measured: Mapping[str, Synthesiser]) -> dict[str, float]:
    """Return the errors of one hold in %, by voice and way of measuring, and the naive rule's."""
    errors = {}
    for name, voice in measured.items():
        errors[f"{name} raw"], errors[f"{name} trim"] = hold.errors(voice)
    return {**errors, "naive": hold.naive_error(measured[PLANNED])}


def line(label: str, promise: str, cells: Iterator[str]) -> str:
    """Return one line of the table."""
    return f"{label:28}{promise:>8}" + "".join(f"{cell:>12}" for cell in cells)


def main() -> None:
    """Print each hold's error for every voice, then the median and the worst."""
    measured = voices()
    table = [(hold, columns(hold, measured)) for hold in all_holds()]
    names = list(table[0][1])
    print("Error of each hold in %, from the end of the starting word to the start of the release,")
    print("against the seconds in the routine's own file.")
    print(line("routine, hold", "promise", iter(names)))
    for hold, errors in table:
        cells = (f"{error:+.1f}" for error in errors.values())
        print(line(f"{hold.routine:6} {hold.name}", f"{hold.promise:g} s", cells))
    for label, figure in (("median", median), ("worst", max)):
        sizes = ([abs(errors[name]) for _, errors in table] for name in names)
        print(line(label, "", (f"{figure(column):.1f}" for column in sizes)))
    print(NOTES)
    print(f"\n{'locale':9}" + "".join(f"{name:>13}" for name in accuracy(DEFAULT_LOCALE)))
    for locale in load_contents(CONTENT):
        print(f"{locale:9}" + "".join(f"{error:13.1f}" for error in accuracy(locale).values()))


if __name__ == "__main__":
    main()
