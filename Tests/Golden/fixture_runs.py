"""All cases, and what draws and trains each of them."""

from game_cases import Game
from game_inputs import draw_game
from loss_cases import LOSS_CASES
from penalty_cases import PENALTY_CASES
from play_cases import PLAY_CASES
from reference_play import play
from reference_training import train as train_alternating
from training_cases import CASES as ALTERNATING_CASES
from training_inputs import draw as draw_alternating

CASES = ALTERNATING_CASES + LOSS_CASES + PENALTY_CASES + PLAY_CASES


def draw(case):
    """All `initial/` and `input/` arrays of the case's file, in the case's precision."""
    return draw_game(case) if isinstance(case, Game) else draw_alternating(case)


def train(case, arrays, dtype=None, inspect=None):
    """Outputs of the case on the `initial/` and `input/` arrays, computed in `dtype`."""
    run = play if isinstance(case, Game) else train_alternating
    return run(case, arrays, dtype, inspect)
