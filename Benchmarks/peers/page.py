"""The text of the report, in Markdown."""

import statistics

from comparison import NAMES, PEERS, digits


def text(comparisons, sweeps=()):
    """The answer, the chart, the tables, how it was measured, how to repeat it."""
    return "\n\n".join(filter(None, [
        "# Speed: Saddle beside PyTorch and JAX",
        setting(comparisons),
        answer(comparisons, sweeps),
        "![Time of PyTorch and JAX as a multiple of Saddle's, for every case](speed.svg)",
        "*Bars go from Saddle's time, 1, to a peer's, on a logarithmic axis: to the right of the "
        "line Saddle is faster. The thin line on a bar's end is the range over rounds.*",
        "## Times",
        speeds(comparisons),
        "Milliseconds per iteration, medians over rounds. *Of peak*: counted operations per second "
        "as a share of the fused multiply-adds that the same core reaches, measured in the same "
        "process before and after. *The faster one takes*: its time as a multiple of Saddle's, the "
        "median over the rounds' ratios, and their range. *At the peak*: the same multiple if all "
        "operations of Saddle's ran as fast as multiply-adds alone, which nothing exceeds.",
        "## Work and memory",
        memory(comparisons),
        loading(comparisons),
        whole_sweeps(sweeps),
        method(comparisons),
        REPEAT,
    ])) + "\n"


def setting(comparisons):
    """What was measured, on what."""
    first = comparisons[0]
    versions = {program: first.first(program).version for program in NAMES}
    saddle = first.first("saddle")
    peak = statistics.median(item.median("saddle", "gigaflops") / item.median("saddle", "share")
                             for item in comparisons)
    return (f"One thread on one core, {saddle.cpu}. Saddle {versions['saddle']} with its "
            f"{saddle.setting} kernels (the core's peak: {digits(peak)} GFLOP/s), PyTorch "
            f"{versions['torch']} in eager mode, JAX {versions['jax']} with `jit`; all in single "
            "precision.")


def answer(comparisons, sweeps):
    """How often Saddle is the faster one, and which targets are met."""
    count = len(comparisons)
    faster = sum(item.ratio(item.faster).median > 1 for item in comparisons)
    sentences = [f"**Saddle is faster than the faster of the two in "
                 f"{'all' if faster == count else f'{faster} of'} {count} cases.**"]
    judged = [item for item in comparisons if item.meets_target is not None]
    missed = [item for item in judged if not item.meets_target]
    if judged and not missed:
        sentences.append(f"All {len(judged)} targets of the project are met.")
    elif judged:
        names = "; ".join(f"`{item.case.name}` reaches {digits(item.ratio(item.faster).median)}× "
                          f"of {item.case.target:g}×{beyond(item)}" for item in missed)
        sentences.append(f"{len(judged) - len(missed)} of {len(judged)} targets of the project are "
                         f"met. Missed: {names}.")
    for sweep in sweeps:
        reached, target = sweep_ratio(sweep), SWEEP_TARGETS[sweep["program"]]
        sentences.append(f"[A whole sweep](#a-whole-sweep) takes {digits(reached)}× as long in "
                         f"{NAMES[sweep['program']]}, of {target:g}×: "
                         f"{'met' if reached >= target else 'missed'}.")
    return " ".join(sentences)


def beyond(item):
    """Says so where no program could meet the target on this core with Saddle's operations."""
    if item.bound >= item.case.target:
        return ""
    return f" (the core's peak allows {digits(item.bound)}×)"


def table(head, rows, texts=1):
    """A table whose first columns are texts and whose others are numbers."""
    rule = ["---"] * texts + ["---:"] * (len(head) - texts)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows])


def speeds(comparisons):
    def row(item):
        peers = {peer: digits(item.median(peer)) for peer in PEERS}
        peers[item.faster] = f"**{peers[item.faster]}**"
        return [f"`{item.case.name}`", digits(item.median("saddle")),
                f"{100 * item.median('saddle', 'share'):.0f} %", *peers.values(),
                str(item.ratio(item.faster)), f"{digits(item.bound)}×", verdict(item)]
    head = ["case", "Saddle", "of peak", *(NAMES[peer] for peer in PEERS), "the faster one takes",
            "at the peak", "target"]
    return table(head, map(row, comparisons))


def verdict(item):
    if item.meets_target is None:
        return "–"
    return f"{item.case.target:g}× " + ("met" if item.meets_target else "**missed**")


def memory(comparisons):
    def row(item):
        work = item.median("saddle", "gigaflops") * item.median("saddle") / 1000
        sizes = [item.median(program, "memory") for program in NAMES]
        return [f"`{item.case.name}`", item.case.iteration, digits(work),
                *("–" if size is None else f"{size:.0f}" for size in sizes)]
    head = ["case", "one iteration", "GFLOP", *(f"{name}, MiB" for name in NAMES.values())]
    return table(head, map(row, comparisons), texts=2)


def loading(comparisons):
    """What a framework occupies before it has done anything."""
    sizes = {peer: statistics.median(item.median(peer, "loaded") for item in comparisons)
             for peer in PEERS}
    parts = [f"{NAMES[peer]} {size:.0f} MiB" for peer, size in sizes.items()]
    return ("GFLOP as Saddle counts them in its programs. Memory is the most that the process "
            f"held, of which merely loading the framework takes {' and '.join(parts)}; JAX's "
            "includes its compiler.")


def sweep_ratio(sweep):
    """The peer's time of the whole experiment as a multiple of Saddle's."""
    return float(sweep["projected_seconds"]) / float(sweep["saddle_projected_seconds"])


def whole_sweeps(sweeps):
    """A whole experiment; nothing where it was not measured."""
    if not sweeps:
        return ""

    def row(sweep):
        def cell(ours, theirs):
            ours, theirs = float(sweep[ours]), float(sweep[theirs])
            return f"{ours:.0f} s : {theirs:.0f} s", f"{digits(theirs / ours)}×"
        seconds, ratio = cell("saddle_seconds", "seconds")
        projected, projected_ratio = cell("saddle_projected_seconds", "projected_seconds")
        target = SWEEP_TARGETS[sweep["program"]]
        reached = sweep_ratio(sweep)
        return [f"{NAMES[sweep['program']]} {sweep['version']}", sweep["seeds"], seconds, ratio,
                projected, projected_ratio,
                f"{target:g}× " + ("met" if reached >= target else "**missed**")]
    first = sweeps[0]
    head = ["Saddle : peer", "seeds", "measured", "ratio", f"{first['projected_seeds']} seeds",
            "ratio", "target"]
    return "\n\n".join([
        "## A whole sweep",
        f"[`regularizers`](../../Experiments/regularizers.yaml), {first['arms']} arms of two "
        f"problems, from start to report, by {first['processes']} processes on as many cores; "
        "[the same written in the peers](../../Benchmarks/sweeps), without records, histories, all "
        "metrics but one, and report.",
        table(head, map(row, sweeps)),
        f"*{first['projected_seeds']} seeds*, as many as the experiment has, are projected from the "
        "seeds that were measured: what is compiled counts once per arm."])


# The least time of a whole sweep in a peer as a multiple of Saddle's.
SWEEP_TARGETS = {"jax": 3, "torch": 8}


def method(comparisons):
    return f"""## How it was measured

- **Cases.** `mlp-DEPTHxWIDTH`: points of a ring, batch 256, latents of 2 numbers. `dcgan-` and
  `resnet-HEIGHTxWIDTHxCOLOURS-CHANNELS`: images, batch 64, latents of 100 numbers; the last number
  is the channels next to the image. The generator has batch norm, as has the critic of `-critic` and
  `-generator`. The loss is the non-saturating one, with a gradient penalty Wasserstein's; a
  generator that looks through unrolled critic steps minimizes the critic's loss, negated. A critic
  step includes making its fakes. Both optimizers are Adam.
- **Peers** ([the code](../../Benchmarks/peers)) have the same layers and numbers of parameters.
  PyTorch: fused Adam, no gradients where none are needed, the faster of its two memory formats.
  JAX: the whole iteration is one compiled function on donated buffers, channels last; compilation
  is not timed.
- **To the peers' advantage.** Their real images lie ready in memory; Saddle makes a batch for every
  critic step.
- **Turns.** Every measurement is a process of its own on the same core. The programs take turns,
  {comparisons[0].rounds} rounds per case, every other round backwards; a ratio is one of times of
  the same round. Of each peer it is checked that losses are finite and that every weight matrix
  moves, of Saddle that its states have the recorded digest."""


REPEAT = """## How to repeat it

```sh
make bench-peers
```

It makes an environment with the pinned PyTorch and JAX, takes about half an hour, and writes this
page and [measurements.csv](measurements.csv), in which all readings are. Whole sweeps are measured
by [another command](../../Benchmarks/sweeps), which writes [sweeps.csv](sweeps.csv). Ratios are
comparable within one sitting on an idle machine alone.
`python Benchmarks/peers/report.py reports/bench` makes this page from the two tables."""
