"""The chart of the report: a gnuplot script that holds its data."""

import math

from comparison import NAMES, PEERS, digits

COLOURS = {"torch": "#0072B2", "jax": "#56B4E9", "saddle": "#444444", "target": "#D55E00"}
WIDTH, LEFT, RIGHT = 860, 206, 80  # pixels
HEAD, FOOT, ROW = 92, 52, 38  # pixels, the last per case
GAP = 0.4  # between groups of cases, in rows
BAR = 0.36  # the thickness of a bar, in rows
SHIFT = {"torch": -0.19, "jax": 0.19}  # of a bar from the middle of its row
TITLE = "Time per iteration on one core: PyTorch and JAX as a multiple of Saddle"


def script(comparisons):
    """For each case a bar per peer, from Saddle's time, which is 1, to its own."""
    rows = positions(comparisons)
    bottom = rows[-1] + 0.6
    height = HEAD + FOOT + round(ROW * bottom)
    low, high = limits(comparisons)
    labels = ", ".join(f"'{item.case.name}' {row:g}" for item, row in zip(comparisons, rows))
    lines = [
        "# Run: gnuplot -d speed.gp",
        f"set terminal svg size {WIDTH},{height} dynamic noenhanced rounded "
        "background '#ffffff' font 'sans-serif,12'",
        "set encoding utf8",
        "set output 'speed.svg'",
        "unset key",
        f"set lmargin at screen {LEFT / WIDTH:.5f}",
        f"set rmargin at screen {1 - RIGHT / WIDTH:.5f}",
        f"set tmargin at screen {1 - HEAD / height:.5f}",
        f"set bmargin at screen {FOOT / height:.5f}",
        "set border 0",
        "set style fill solid 1 noborder",
        "set tics scale 0 font ',11' textcolor rgb '#333333'",
        f"set logscale x 2; set xrange [{low:.4f}:{high:.4f}]; set yrange [{bottom:g}:0]",
        f"set xtics ({tics(low, high)})",
        f"set ytics ({labels})",
        "set grid xtics lt 1 lw 1 lc rgb '#e4e4e4'",
        "set xlabel 'times as long as Saddle (logarithmic; right of the line Saddle is faster)' "
        "font ',11' textcolor rgb '#333333' offset 0,0.4",
        f"set arrow from 1, graph 0 to 1, graph 1 nohead front {stroke('saddle', 2)}",
        *legend(height),
        *(f"set label '{digits(item.median('saddle'))}' at screen {1 - 12 / WIDTH:.5f}, "
          f"first {row:g} right font ',11' textcolor rgb '#777777'"
          for item, row in zip(comparisons, rows)),
        *data(comparisons, rows),
        "plot " + ", \\\n  ".join(elements()),
        "set output",
    ]
    return "\n".join(lines) + "\n"


def positions(comparisons):
    """The row of each case from the top; another kind of network or data leaves a gap."""
    rows, row, before = [], 0.6, None
    for item in comparisons:
        group = item.case.architecture, item.case.shape
        if before is not None:
            row += 1 if group == before else 1 + GAP
        before = group
        rows.append(row)
    return rows


def limits(comparisons):
    """The ends of the axis, around all ratios and targets, with room for the numbers."""
    ratios = [item.ratio(peer) for item in comparisons for peer in PEERS]
    targets = [item.case.target for item in comparisons if item.case.target is not None]
    low = min(1, *(ratio.low for ratio in ratios))
    high = max(2, *(ratio.high for ratio in ratios), *targets)
    room = (high / low) ** 0.09
    return low / (1.03 if low == 1 else room), high * room


def tics(low, high):
    """Powers of two."""
    powers = range(math.ceil(math.log2(low)), math.floor(math.log2(high)) + 1)
    return ", ".join(f"'{2.0**power:g}×' {2.0**power:g}" for power in powers)


def legend(height):
    """Title, the meaning of the marks, and the heading of the column on the right."""
    def at(x, y):
        return f"screen {x / WIDTH:.5f}, screen {1 - y / height:.5f}"

    lines = [f"set label '{TITLE}' at {at(12, 20)} left font ',14'"]
    entries = ((12, "torch", NAMES["torch"]), (106, "jax", NAMES["jax"]),
               (172, "saddle", NAMES["saddle"]),
               (250, "target", "target for the faster of the two"))
    for number, (x, key, text) in enumerate(entries, start=1):
        if key in PEERS:
            lines.append(f"set object {number} rectangle from {at(x, 53)} to {at(x + 22, 42)} "
                         f"fillcolor rgb '{COLOURS[key]}' fillstyle solid 1 noborder")
            x += 30
        else:
            lines.append(f"set arrow from {at(x + 2, 56)} to {at(x + 2, 39)} nohead "
                         f"{stroke(key, 2 if key == 'saddle' else 3)}")
            x += 12
        lines.append(f"set label '{text}' at {at(x, 48)} left")
    lines.append(f"set label 'Saddle, ms' at {at(WIDTH - 12, HEAD - 10)} right font ',11' "
                 "textcolor rgb '#777777'")
    return lines


def stroke(key, width):
    return f"lw {width} lc rgb '{COLOURS[key]}'"


def data(comparisons, rows):
    """The blocks that are plotted: a row of each is a bar, or a target across the faster one's."""
    blocks = {peer: ["# y ratio lowest highest text textposition"] for peer in PEERS}
    blocks["target"] = ["# y target"]
    for item, row in zip(comparisons, rows):
        for peer in PEERS:
            y, ratio, clear = row + SHIFT[peer], item.ratio(peer), 1
            if peer == item.faster and item.case.target is not None:
                clear = item.case.target
                blocks["target"].append(f"{y:g} {clear:g}")
            blocks[peer].append(f"{y:g} {ratio.median:.4f} {ratio.low:.4f} {ratio.high:.4f} "
                                f"\"{digits(ratio.median)}\" {max(ratio.high, clear):.4f}")
    return [line for name, block in blocks.items() for line in (f"${name} << EOD", *block, "EOD")]


def elements():
    """Bars, their ranges over rounds, their numbers, the targets."""
    half = f"{BAR / 2:g}"
    for peer in PEERS:
        yield (f"${peer} using 2:1:($2<1?$2:1):($2<1?1:$2):($1-{half}):($1+{half}) "
               f"with boxxyerror fc rgb '{COLOURS[peer]}'")
        yield f"${peer} using 3:1:($4-$3):(0) with vectors nohead lw 1.5 lc rgb '#222222'"
        yield (f"${peer} using 6:1:5 with labels left offset 0.7,0 font ',10' "
               "textcolor rgb '#333333'")
    yield f"$target using 2:($1-0.22):(0):(0.44) with vectors nohead {stroke('target', 3)}"
