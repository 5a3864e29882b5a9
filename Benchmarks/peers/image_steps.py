"""Milliseconds per iteration and peak memory of DCGANs on one core, in PyTorch.

    python image_steps.py
    python image_steps.py --only 32x32x1 --format channels_last --json
"""

import argparse
import json
import math
import resource
import sys
from dataclasses import asdict

import cases
from mlp_steps import to_one_core

FORMATS = ("contiguous", "channels_last")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="TEXT", default="", help="cases whose name contains TEXT")
    parser.add_argument("--format", choices=FORMATS, help="one memory format alone")
    parser.add_argument("--seconds", type=float, default=5, help="measured time per case and format")
    parser.add_argument("--core", type=int, default=0, help="the core to stay on (Linux)")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    options = parser.parse_args()
    chosen = [case for case in cases.IMAGE_CASES if options.only in case.name]
    if not chosen:
        names = ", ".join(case.name for case in cases.IMAGE_CASES)
        parser.error(f"no case contains {options.only!r}: {names}")
    to_one_core(options.core)
    import torch
    import dcgan_torch
    formats = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}
    for case in chosen:
        for name in [options.format] if options.format else FORMATS:
            training = dcgan_torch.Training(case, formats[name])
            timing = cases.measure(training.run, options.seconds)
            losses = [loss.item() for loss in training.losses]
            if not all(map(math.isfinite, losses)):
                raise SystemExit(f"{case.name}: losses {losses} are not finite; the time means nothing")
            # The peak of the process so far: one case and format per process is a fair reading.
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            row = {"framework": "torch", "version": torch.__version__, "case": case.name, "format": name,
                   "batch": case.batch, "threads": 1, "unit": "ms/iteration",
                   "peak_mib": round(peak)} | asdict(timing)
            text = f"torch {case.name:26} {name:13} median {row['median']:8.2f} ms" \
                f"  min {row['minimum']:8.2f} ms  peak {row['peak_mib']} MiB"
            print(json.dumps(row) if options.json else text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
