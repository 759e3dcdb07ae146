"""What texts mean: found without any network, and without a trace in the logging of the process."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from skill.embedding import embed

ROOT = Path(__file__).parent.parent
OFFLINE = """
import json, logging, socket, sys

def refuse(*_args, **_kwargs):
    sys.exit("the network was used")

class Unconnected(socket.socket):  # a library may bind one to see whether there is IPv6
    connect = connect_ex = sendto = sendmsg = refuse

socket.socket = Unconnected
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse
root = logging.getLogger()
mine = logging.NullHandler()
root.addHandler(mine)
root.setLevel(logging.ERROR)

import skill.embedding
is_light = "wordllama" not in sys.modules
rows = skill.embedding.embed(["my hip is tight"])
print(json.dumps({"light": is_light, "handlers": root.handlers == [mine], "level": root.level,
                  "shape": rows.shape}))
"""


def test_the_model_loads_without_the_network_and_leaves_the_root_logger_alone() -> None:
    """In a process of its own, where nothing has been loaded before."""
    found = subprocess.run(  # noqa: S603 (the lines above)
        [sys.executable, "-c", OFFLINE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert (told["light"], told["handlers"], told["level"]) == (True, True, 40)
    assert told["shape"][0] == 1


def test_each_text_gets_a_row_of_length_one() -> None:
    rows = embed(["my hip is tight", "how often", "will it rain tomorrow"])
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_what_means_much_the_same_is_closer_than_what_does_not() -> None:
    tight, stiff, rain = embed(["my hip is tight", "a stiff hip", "will it rain tomorrow"])
    assert tight @ stiff > tight @ rain


@pytest.mark.parametrize(("said", "plain"), [("HOW often?!", "how often"), ("don\u2019t", "don't")])
def test_case_and_punctuation_mean_nothing(said: str, plain: str) -> None:
    one, other = embed([said, plain])
    assert one == pytest.approx(other)


@pytest.mark.parametrize("said", ["", "?!", "123", "\N{PILE OF POO}"])
def test_a_text_without_a_word_gets_a_finite_row_as_well(said: str) -> None:
    assert np.isfinite(embed([said])).all()
