import Catalog
import Records
import Testing

/// The exact words for mistakes in `axes` and in the sections that speak of arms.
@Suite struct GridMistakesTests {
  @Test(arguments: [
    ("axes: [loss]", "5:7: 'axes' must be a map of axes, not the list [loss]"),
    (
      "axes: {loss: hinge}",
      "5:14: axis 'loss' must be a list of values or a map of named arms, not 'hinge'; a single value belongs under 'fixed'"
    ),
    ("axes: {loss: []}", "5:14: axis 'loss' has no values"),
    ("axes: {loss: {}}", "5:14: axis 'loss' has no values"),
    (
      "axes: {lss: [hinge]}",
      "5:8: axis 'lss' is not a setting, so its values must be maps of settings, not 'hinge'; did you mean 'loss'?"
    ),
    ("axes: {loss: [hinge, hinge]}", "5:22: axis 'loss' has two values with the label 'hinge'"),
    ("axes: {a: {b: hinge}}", "5:15: arm 'b' must be a map of settings, not 'hinge'"),
    ("axes: {a: {b: {lsos: hinge}}}", "5:16: unknown key 'lsos'; did you mean 'loss'?"),
    (
      "axes: {loss: [hinge], a: {b: {loss: {margin: 2}}, c: {loss: hinge}}}",
      "5:23: axes 'loss' and 'a' both set 'loss.name'"
    ),
    (
      "axes: {penalty.weight: [1], penalty: [[r1, drift], r1]}",
      "5:29: axes 'penalty.weight' and 'penalty' both set 'penalty'"
    ),
    (
      "axes: {train.steps: {each: [1, 2]}}",
      "5:22: axis 'train.steps' needs no 'each': its values are a list"
    ),
    (
      "axes: {a: {b: {each: [{loss: hinge}]}}}",
      "5:16: 'each' must stand under a setting, for example 'weight: {each: [0.1, 1]}'"
    ),
    (
      "axes: {a: {b: {train.steps: {each: [1], x: 2}}}}",
      "5:30: 'each' must be the only key of its map"
    ),
    (
      "axes: {a: {b: {train.steps: {each: 5}}}}",
      "5:36: 'each' of 'train.steps' must be a list of values, not '5'"
    ),
    (
      "axes: {a: {zip: {train.steps: [1, 2], train.batch: [1]}}}",
      "5:52: 'zip' needs lists of one length: 'train.batch' has 1 values, 'train.steps' has 2"
    ),
    (
      "axes: {train.steps: {sample: {uniform: [5, 1]}, count: 2}}",
      "5:40: 'uniform' must be [lower, upper] with lower < upper"
    ),
    (
      "axes: {train.steps: {sample: {uniform: [1, 2]}, count: 3}}",
      "5:56: there are too few values in this range: drawing 12 gave 2 different ones"
    ),
    (
      "axes: {penalty.weight: [1, 2]}\n",
      "5:25: 'penalty' does not say which penalty: give 'preset'; there are: gradient, r1, wgan-gp, drift\nx.yaml:5:28: 'penalty' does not say which penalty: give 'preset'; there are: gradient, r1, wgan-gp, drift"
    ),
  ])
  func axes(_ body: String, _ message: String) {
    #expect(complaints(experiment(body)) == "x.yaml:" + message)
  }

  /// A baseline on other data, or measured otherwise, is no comparison.
  @Test(arguments: [
    (
      "axes: {data: [ring8, grid25]}\nbaseline: {data: ring8}",
      "6:11: 'data' differs from the baseline's, so values cannot be compared; set it on an axis that 'baseline' does not name (in arm 'grid25')"
    ),
    (
      "axes: {loss: [hinge, wasserstein], a: {x: {}, y: {data: grid25, evaluate.every: 5}}}\nbaseline: {a: y}",
      "6:11: 'data' differs from the baseline's, so values cannot be compared; set it on an axis that 'baseline' does not name (in arms 'hinge · x', 'wasserstein · x')\nx.yaml:6:11: 'evaluate.every' differs from the baseline's, so values cannot be compared; set it on an axis that 'baseline' does not name (in arms 'hinge · x', 'wasserstein · x')"
    ),
    (
      "axes: {loss: [hinge, nonsaturating]}\nbaseline: {loss: hinge}\ninclude: [{name: more, set: {data.sigma: 0.5, loss: hinge}}]",
      "6:11: 'data' differs from the baseline's, so values cannot be compared; set it on an axis that 'baseline' does not name (in arm 'more')"
    ),
    (
      "axes: {loss: [hinge, nonsaturating], data: [ring8, {name: ring8, sigma: 0.5}]}\nbaseline: {loss: hinge}",
      "(nothing)"
    ),
    ("axes: {data: [ring8, grid25]}", "(nothing)"),
  ])
  func otherProblems(_ body: String, _ message: String) {
    #expect(complaints(experiment(body)) == (message == "(nothing)" ? "" : "x.yaml:") + message)
  }

  static let grid =
    "axes: {loss: [nonsaturating, hinge], reg: {none: {}, r1: {penalty: {preset: r1, weight: {each: [1, 2]}}}}}\n"

  @Test(arguments: [
    ("exclude: {when: {}}", "6:10: 'exclude' must be a list of maps, not the map {when: {}}"),
    (
      "exclude: [{wehn: {loss: hinge}}]",
      "6:11: an item of 'exclude' needs 'when'\nx.yaml:6:12: unknown key 'wehn' in an item of 'exclude'; did you mean 'when'?"
    ),
    ("exclude: [{when: {los: hinge}}]", "6:19: there is no axis 'los'; did you mean 'loss'?"),
    (
      "exclude: [{when: {loss: hnige}}]",
      "6:25: axis 'loss' has no value 'hnige'; did you mean 'hinge'?"
    ),
    ("exclude: [{when: {reg: r2}}]", "6:24: axis 'reg' has no value 'r2'; did you mean 'r1'?"),
    (
      "exclude: [{when: {loss: hinge}}, {when: {loss: hinge, reg: r1}}]",
      "6:34: this excludes nothing: no cell has loss=hinge, reg=r1"
    ),
    (
      "exclude: [{when: {loss: [hinge, nonsaturating]}}]",
      "6:1: 'exclude' leaves no cell of the grid"
    ),
    ("include: [{set: {loss: hinge}}]", "6:11: an item of 'include' needs 'name'"),
    (
      "include: [{name: a, set: {loss: hinge, reg: r1}}]",
      "6:45: 'r1' names 2 values of axis 'reg'; write one of 'r1 weight=1', 'r1 weight=2'"
    ),
    (
      "include: [{name: a, set: {reg: none, loss: hnige}}]",
      "6:44: unknown loss 'hnige'; did you mean 'hinge'?"
    ),
    (
      "include: [{name: a, set: {reg: nnoe}}]",
      "6:32: axis 'reg' has no value 'nnoe'; did you mean 'none'?"
    ),
    (
      "include: [{name: a, set: {train.step: 4}}]",
      "6:27: unknown key 'step' in 'train'; did you mean 'steps'?"
    ),
    (
      "include: [{name: a, set: {}}, {name: a, set: {}}]",
      "6:38: 'name' must be a word that no other included arm has"
    ),
    ("include: [{name: hinge · none, set: {}}]", "6:18: two arms are called 'hinge · none'"),
    ("baseline: none", "6:11: 'baseline' must be a map from axes to labels, not 'none'"),
    (
      "baseline: {reg: r1}",
      "6:11: reg=r1 means 2 arms in the stratum loss=nonsaturating; a baseline must be one: name the whole label, for example 'reg: r1 weight=1'\nx.yaml:6:11: reg=r1 means 2 arms in the stratum loss=hinge; a baseline must be one: name the whole label, for example 'reg: r1 weight=1'"
    ),
    (
      "baseline: {reg: none}\nexclude: [{when: {loss: hinge, reg: none}}]",
      "6:11: the stratum loss=hinge has no baseline: it has no arm with reg=none"
    ),
    (
      "claims: [{id: a, arm: {loss: hinge}, metric: frechet}]",
      "6:10: a claim needs one of 'improves' and 'reaches'"
    ),
    (
      "claims: [{arm: {loss: hinge}, metric: frechet, reaches: x}]",
      "6:10: a claim needs 'id'\nx.yaml:6:57: 'reaches' must be a number, not 'x'"
    ),
    (
      "claims: [{id: a, arm: {loss: hinge}, metric: frechte, reaches: 1}]",
      "6:46: 'metrics' has no 'frechte'; did you mean 'frechet'?"
    ),
    (
      "claims: [{id: a, arm: recipe, metric: frechet, reaches: 1}]",
      "6:23: 'arm' must be a map from axes to labels or the name of an included arm, and none is called 'recipe'"
    ),
    (
      "claims: [{id: a, arm: {reg: r1}, metric: frechet, improves: {by: 1}}]",
      "6:23: claim 'a' needs a baseline to improve on: give 'baseline'"
    ),
    (
      "baseline: {reg: none}\nclaims: [{id: a, arm: {loss: hinge}, metric: frechet, improves: {by: 1}}]",
      "7:23: claim 'a' speaks of a baseline itself, which cannot improve on itself"
    ),
    (
      "baseline: {reg: none}\nclaims: [{id: a, arm: {reg: r1}, metric: frechet, improves: {probability: 70}}]",
      "7:75: 'probability' must be above 0 and below 1, not '70'"
    ),
    (
      "baseline: {reg: none}\nclaims: [{id: a, arm: {reg: r1}, metric: frechet, improves: {}}]",
      "7:61: 'improves' needs one of 'probability' and 'by'"
    ),
    (
      "claims: [{id: a, arm: {reg: r1}, metric: frechet, reaches: 1}, {id: a, arm: {reg: none}, metric: frechet, reaches: 1}]",
      "6:69: two claims have the id 'a'"
    ),
    ("report: {chart: []}", "6:10: unknown key 'chart' in 'report'; did you mean 'charts'?"),
    (
      "report: {charts: [{crve: frechet}]}",
      "6:19: a chart needs one of: curve, losses, heatmap, scatter, grids, training, interpolations, neighbours\nx.yaml:6:20: unknown key 'crve' in a chart; did you mean 'curve'?"
    ),
    ("report: {charts: [{curve: fid}]}", "6:27: 'metrics' has no 'fid'; there are: frechet"),
    (
      "report: {charts: [{curve: frechet, facet: lss}]}",
      "6:43: there is no axis 'lss'; did you mean 'loss'?"
    ),
    (
      "report: {charts: [{heatmap: frechet, facet: loss}]}",
      "6:38: a chart 'heatmap' has no 'facet'"
    ),
    (
      "report: {charts: [{heatmap: frechet, rows: reg, columns: reg}]}",
      "6:19: 'rows' and 'columns' must be two axes, not 'reg' twice"
    ),
    ("report: {charts: [{losses: some}]}", "6:28: 'losses' must be all, not 'some'"),
    ("report: {charts: [curve]}", "6:19: 'curve' needs a metric: write {curve: frechet}"),
    ("report: {charts: [sactter]}", "6:19: unknown chart 'sactter'; did you mean 'scatter'?"),
  ])
  func sections(_ body: String, _ message: String) {
    #expect(complaints(experiment(Self.grid + body)) == "x.yaml:" + message)
  }
}
