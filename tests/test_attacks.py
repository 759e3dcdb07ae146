"""Every case of the attack table, sent to the real server over a real socket."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest

from skill.verification.cache import FETCHES_A_MINUTE
from tests.attack_cases import GROUPS, Case, all_cases
from tests.attack_chains import chains, lay_out
from tests.attack_request import Attacker, send
from tests.server_process import serving

CASES = all_cases()
SPARE = 2  # fetches: of the chain that is not there, and of the good one in the end
GOOD = next(case for case in CASES if case.id == "a good launch")


@pytest.fixture(scope="module")
def attacker() -> Attacker:
    return Attacker(chains())


@pytest.fixture(scope="module")
def answers(attacker: Attacker, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Send everything; no server sees more chains than it is willing to fetch in a minute."""
    directory = tmp_path_factory.mktemp("attacked")
    lay_out(directory, attacker.chains)
    answers: dict[str, str] = {}
    for batch in _batches():
        with serving(directory) as server:
            answers |= {_name(case): send(attacker.request(case), server.address) for case in batch}
            assert send(attacker.request(GOOD), server.address) == GOOD.expect, "unhurt by all of that"
    return answers


def _batches() -> Iterator[Sequence[Case]]:
    batch: list[Case] = []
    for case in CASES:
        if len({one.chain for one in [*batch, case]}) > FETCHES_A_MINUTE - SPARE:
            yield batch
            batch = []
        batch.append(case)
    yield batch


def _name(case: Case) -> str:
    return f"{case.group}: {case.id}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_an_attack_ends_as_the_table_says(case: Case, answers: Mapping[str, str]) -> None:
    assert case.is_met_by(answers[_name(case)]), f"{answers[_name(case)]}, not {case.expect}: {case.why}"


def test_the_table_is_printed(
    answers: Mapping[str, str], record_property: Callable[[str, str], None]
) -> None:
    lines = [f"{_name(case):66} {case.expect:16} {answers[_name(case)]}" for case in CASES]
    record_property("printed", "\n".join(["", f"{'attack':66} {'expected':16} got", *lines]))
    assert len(lines) == len(answers), "no two cases have one name"


def test_the_table_has_a_hundred_attacks_and_good_requests_in_every_group() -> None:
    refused = Counter(case.group for case in CASES if not case.expect.startswith("200"))
    accepted = Counter(case.group for case in CASES if case.expect.startswith("200"))
    assert refused.total() >= 100
    assert set(refused) == set(accepted) == set(GROUPS)


def test_every_chain_is_tried(attacker: Attacker) -> None:
    assert {case.chain for case in CASES} == set(attacker.chains)
