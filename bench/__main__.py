"""`python -m bench`: every measurement in turn."""

from bench import (
    crashes,
    fuzz,
    hold_accuracy,
    pace_fit,
    random_conversations,
    store_size,
    turn_cost,
    understanding,
    utterances,
    verification_cost,
)

PARTS = (
    pace_fit.main,
    hold_accuracy.main,
    turn_cost.main,
    understanding.main,
    utterances.main,
    verification_cost.main,
    random_conversations.main,
    fuzz.main,
    store_size.main,
    crashes.main,
)

if __name__ == "__main__":
    for part in PARTS:
        part()
        print()
