"""How well the simulated Echo understands people, on utterances written without sight of the samples."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import yaml

from skill.content import load_content
from skill.faq import Certainty
from skill.learning import finder_of
from skill.simulator.understanding import Understanding
from skill.simulator.understanding.model import load_model

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "interaction_model" / "en-US.json"
UTTERANCES = Path(__file__).parent / "utterances.yaml"
FALLBACK, QUESTION = "AMAZON.FallbackIntent", "AskQuestionIntent"
ALIKE = (  # intents that one route answers
    {"NextStretchIntent", "AMAZON.NextIntent"},
    {"RepeatCueIntent", "AMAZON.RepeatIntent"},
    {"AMAZON.CancelIntent", "AMAZON.StopIntent"},
    {"FaqIntent", QUESTION},
)


def main() -> None:
    """Print how many utterances reach their intent, and how many foreign ones are taken for the coach's."""
    ear = Understanding.load(MODEL)
    written = yaml.safe_load(UTTERANCES.read_text(encoding="utf-8"))
    heard = [row for row in written["heard"] if row["intent"] in ear.slots]
    missed = Counter(
        row["intent"] for row in heard if not _is(row["intent"], ear.interpret(row["say"]).intent)
    )
    print(f"Understood: {_share(len(heard) - missed.total(), len(heard))} utterances")
    samples = {sample for intent in load_model(MODEL).intents for sample in intent.samples}
    unseen = [row for row in heard if row["say"] not in samples]
    of_them = sum(_is(row["intent"], ear.interpret(row["say"]).intent) for row in unseen)
    print(f"of those that are no sample by chance: {_share(of_them, len(unseen))}")
    print(f"missed: {', '.join(f'{intent} {count}' for intent, count in missed.most_common())}")
    foreign = [(text, ear.interpret(text).intent) for text in written["foreign"]]
    questions = [text for text, intent in foreign if intent == QUESTION]
    others = [text for text, intent in foreign if intent not in {FALLBACK, QUESTION}]
    accepted = len(others) + len(_answered(questions))
    print(f"Foreign ones accepted: {_share(accepted, len(foreign))}")
    print(f"as a question, which the coach then refuses or does not know: {len(questions)} of them")


def _is(intent: str, reached: str) -> bool:
    return intent == reached or any({intent, reached} <= alike for alike in ALIKE)


def _answered(questions: Sequence[str]) -> list[str]:
    """Return the questions to which the coach gives an answer that is no refusal, or asks which was meant."""
    content = load_content(ROOT / "content")
    business = {entry.id for entry in content.ways if entry.is_business}
    finder = finder_of(content.ways, ROOT / "content", content.locale.language)
    found = {text: finder.find(text) for text in questions}
    return [
        text for text, row in found.items() if row.certainty is not Certainty.NONE and row.best in business
    ]


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.1f} % of {of}"


if __name__ == "__main__":
    main()
