"""Trains tiny GANs in PyTorch and writes one safetensors file per case to training/.

    python train_fixtures.py            draw the inputs, train, verify, write
    python train_fixtures.py --check    train again on the stored inputs, compare with the files

README.md beside this script says what a file holds.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open
from safetensors.numpy import save_file

import fixture_checks as checks
import game_checks
from fixture_runs import CASES, draw, train
from game_cases import Game
from hand_checks import check_by_hand

HERE = Path(__file__).resolve().parent
FOLDER = HERE / "training"
#: Largest difference of two runs of one case on two machines.
AGREEMENT = {np.dtype(np.float32): 1e-5, np.dtype(np.float64): 1e-11}


def verify(case, arrays, outputs):
    """All checks of one case, in one line for the reader."""
    is_game = isinstance(case, Game)
    if is_game:
        game_checks.check_parts_at_work(case, arrays, outputs)
    else:
        checks.check_penalty_at_work(case, outputs)
    line = f"{case.name:48} gradients within {checks.check_gradients(case, arrays):.1e}"
    if is_game or case.dtype == torch.float32:
        line += f", double replay within {checks.check_replay(case, arrays, outputs):.1e}"
    return line


def write_all():
    checks.check_losses(HERE / "objective_values.json")
    checks.check_penalties()
    checks.check_power_iteration()
    check_by_hand()
    files = {}
    for case in CASES:
        arrays = draw(case)
        outputs = train(case, arrays)
        print(verify(case, arrays, outputs))
        files[case.name] = (case.settings(), arrays, outputs)
    checks.check_settings_matter({name: outputs for name, (_, _, outputs) in files.items()})
    FOLDER.mkdir(exist_ok=True)
    for stale in FOLDER.glob("*.safetensors"):
        stale.unlink()
    for name, (settings, arrays, outputs) in files.items():
        metadata = {"settings": json.dumps(settings, sort_keys=True)}
        save_file(arrays | outputs, FOLDER / f"{name}.safetensors", metadata=metadata)


def read(path):
    with safe_open(path, framework="numpy") as file:
        arrays = {name: file.get_tensor(name) for name in file.keys()}
        return json.loads(file.metadata()["settings"]), arrays


def disagreements(case):
    """Sentences about where the stored file and a fresh run on its inputs differ."""
    settings, stored = read(FOLDER / f"{case.name}.safetensors")
    if settings != json.loads(json.dumps(case.settings())):
        yield f"{case.name}: the settings have changed"
        return
    inputs = {name: array for name, array in stored.items()
              if name.startswith(("initial/", "input/"))}
    outputs = train(case, inputs)
    if outputs.keys() != stored.keys() - inputs.keys():
        yield f"{case.name}: the arrays have changed"
        return
    for name, array in outputs.items():
        difference = float(np.abs(array - stored[name]).max())
        if not difference <= AGREEMENT[array.dtype]:
            yield f"{case.name}: {name} differs by {difference:.3g}"


def check_all():
    names = {path.stem for path in FOLDER.glob("*.safetensors")}
    expected = {case.name for case in CASES}
    found = [f"{name}: no such case or no such file" for name in sorted(names ^ expected)]
    for case in CASES:
        if case.name in names:
            found.extend(disagreements(case))
    print("\n".join(found) or f"{len(CASES)} cases agree")
    return 1 if found else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the stored files")
    torch.set_num_threads(1)
    if parser.parse_args().check:
        return check_all()
    write_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
