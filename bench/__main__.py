"""`python -m bench`: every measurement in turn."""

from bench import hold_accuracy, pace_fit, turn_cost

PARTS = (
    pace_fit.main,
    hold_accuracy.main,
    turn_cost.main,
)

if __name__ == "__main__":
    for part in PARTS:
        part()
        print()
