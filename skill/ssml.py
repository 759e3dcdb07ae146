"""Pure: segments as SSML, within what Alexa takes."""

import re
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from skill.timeline import LONGEST_BREAK, Segment

LONGEST_SSML = 8000  # characters of outputSpeech, tags included


def render(segments: Iterable[Segment], pronunciations: Mapping[str, str]) -> str:
    """Return `<speak>…</speak>`: text escaped, silences as chained breaks of at most ten seconds.

    `pronunciations` gives words as they are written and their sounds in the International Phonetic Alphabet.
    """
    speak = ET.Element("speak")
    speech_before = False
    for segment in segments:
        if segment.say is None:
            _add_silence(speak, segment.seconds)
        else:
            _add_speech(speak, f" {segment.say}" if speech_before else segment.say, pronunciations)
        speech_before = segment.say is not None
    return ET.tostring(speak, encoding="unicode")


def _add_silence(speak: ET.Element, seconds: float) -> None:
    milliseconds = round(seconds * 1000)
    while milliseconds > 0:
        part = min(milliseconds, round(LONGEST_BREAK * 1000))
        ET.SubElement(speak, "break", time=f"{part}ms")
        milliseconds -= part


def _add_speech(speak: ET.Element, text: str, pronunciations: Mapping[str, str]) -> None:
    words = "|".join(map(re.escape, pronunciations))
    parts = re.split(rf"\b({words})\b", text, flags=re.IGNORECASE) if words else [text]
    _add_text(speak, parts[0])
    for word, following in zip(parts[1::2], parts[2::2], strict=True):
        phoneme = ET.SubElement(speak, "phoneme", alphabet="ipa", ph=pronunciations[word.lower()])
        phoneme.text = word
        _add_text(speak, following)


def _add_text(speak: ET.Element, text: str) -> None:
    if len(speak):
        speak[-1].tail = (speak[-1].tail or "") + text
    else:
        speak.text = (speak.text or "") + text
