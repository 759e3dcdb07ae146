"""The meaning of a text as a vector: static word embeddings inside their package, never downloaded."""

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skill.faq.pieces import words_of


@lru_cache(maxsize=1)
def _model() -> Any:  # noqa: ANN401 (the package has no types)
    handlers, level = list(logging.root.handlers), logging.root.level
    import wordllama  # noqa: PLC0415 (it sets up logging for the whole process; that is undone here)

    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    # The loader looks for the tokenizer under another folder than its package has: name the package's own.
    model = wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)
    model.embedding = model.embedding.astype(np.float16)  # as in its file: widened, it takes twice the memory
    return model


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return a row of length one for each text."""
    plain = [" ".join(words_of(text)) or "." for text in texts]
    return np.asarray(_model().embed(plain, norm=True), np.float32)
