import Catalog
import Records
import Testing

/// The exact words for mistakes in `fixed` and in the sections that are no part of the grid.
@Suite struct SettingMistakesTests {
  @Test(arguments: [
    ("data: [ring8]", "2:15: 'data' must be one data set, not the list [ring8]"),
    ("data: ", "2:15: 'data' has no value; name a data set"),
    (
      "data: ring8, loss: {nmae: hinge}",
      "2:28: 'loss' does not say which loss: give 'name'; there are: nonsaturating, hinge, wasserstein"
    ),
    ("data: ring8, loss: {name: [hinge]}", "2:35: 'loss.name' must be the name of a loss"),
    ("data: ring8, steps: 5", "2:22: unknown key 'steps'; did you mean 'train.steps'?"),
    ("data: ring8, weight: 5", "2:22: unknown key 'weight'; did you mean 'penalty.weight'?"),
    ("data: ring8, value: 5", "2:22: unknown key 'value'; did you mean 'train.rate.value'?"),
    ("data: ring8, trian.steps: 5", "2:22: unknown key 'trian.steps'; did you mean 'train.steps'?"),
    (
      "data: ring8, nothing: 5",
      "2:22: unknown key 'nothing'; there are: data, loss, penalty, generator, critic, train, evaluate"
    ),
    (
      "data: ring8, train.steps: 1e3",
      "2:35: 'train.steps' must be a whole number, not '1e3'; write 1000"
    ),
    (
      "data: ring8, train.steps: 99999999999999999999",
      "2:35: 'train.steps' must be between 1 and 1000000, not '99999999999999999999'"
    ),
    ("data: ring8, train.steps: '5'", "2:35: 'train.steps' must be a whole number, not \"5\""),
    ("data: ring8, train.steps: 1_000", "2:35: 'train.steps' must be a whole number, not '1_000'"),
    ("data: ring8, train.steps: ", "2:35: 'train.steps' has no value; it must be a whole number"),
    (
      "data: ring8, train.rate: .inf",
      "2:34: 'train.rate' must be a finite number, not '.inf'"
    ),
    (
      "data: ring8, train.rate: constnat",
      "2:34: unknown schedule 'constnat'; did you mean 'constant'?"
    ),
    (
      "data: ring8, train.rate: {name: cosine}",
      "2:34: 'train.rate.start' must be given: The first rate"
    ),
    (
      "data: ring8, critic.widths: []",
      "2:37: 'critic.widths' must have between 1 and 8 items, but it has 0"
    ),
    ("data: ring8, critic.widths: 3", "2:37: 'critic.widths' must be a list, not '3'"),
    (
      "data: ring8, train.steps: {each: [1]}",
      "2:35: 'train.steps' takes one value here; 'each' makes arms and belongs under 'axes'"
    ),
    (
      "data: ring8, loss: {each: [hinge]}",
      "2:28: 'loss' takes one value here; 'each' makes arms and belongs under 'axes'"
    ),
    (
      "data: ring8, train.rate: {sample: {uniform: [1, 2]}, count: 2}",
      "2:34: 'train.rate' takes one value here; 'sample' makes arms and belongs under 'axes'"
    ),
    (
      "data: ring8, train.steps: 5, train: {steps: 6}",
      "2:53: 'train.steps' is given twice; first in line 2"
    ),
    ("data: ring8, data.name: ring8", "2:33: 'data.name' is given twice; first in line 2"),
    (
      "data: ring8, loss: grid25",
      "2:28: unknown loss 'grid25'; there are: nonsaturating, hinge, wasserstein"
    ),
    (
      "data: {name: grid25, sigma: 1}",
      "2:30: data set 'grid25' has no setting 'sigma'; it has no settings"
    ),
    ("penalty: none", "2:8: 'data' must be given: What is learned"),
    (
      "data: ring8, penalty: [none]",
      "2:32: unknown penalty 'none'; there are: gradient, r1, wgan-gp, drift"
    ),
    (
      "data: ring8, train: {: 3}",
      "2:30: syntax error: did not find expected node content (while parsing a flow node that starts in line 2)"
    ),
  ])
  func fixedSettings(_ fixed: String, _ message: String) {
    #expect(complaints(experiment(fixed: fixed)) == "x.yaml:" + message)
  }

  @Test(arguments: [
    (
      "metrics: {frechet: {goal: min}}", "metrics: {}",
      "4:10: 'metrics' must name at least one metric, for example {frechet: {goal: min}}"
    ),
    (
      "metrics: {frechet: {goal: min}}", "metrics: [frechet]",
      "4:10: 'metrics' must be a map from names to settings, for example {frechet: {goal: min}}, not the list [frechet]"
    ),
    (
      "metrics: {frechet: {goal: min}}", "metrics: {modes: {gaol: max, goal: max, radios: 2}}",
      "4:19: unknown key 'gaol' in metric 'modes'; did you mean 'goal'?\nx.yaml:4:41: metric 'modes' has no setting 'radios'; did you mean 'radius'?"
    ),
    (
      "metrics: {frechet: {goal: min}}", "metrics: {frechet: min}",
      "4:20: metric 'frechet' must be a map such as {goal: min}, not 'min'"
    ),
    (
      "metrics: {frechet: {goal: min}}", "metrics: {frechet: {}}",
      "4:20: metric 'frechet' needs 'goal': min or max"
    ),
    (
      "metrics: {frechet: {goal: min}}",
      "metrics: {f: {name: frechet, metric: frechet, goal: min}}",
      "4:15: unknown key 'name' in metric 'f'; did you mean 'metric'?"
    ),
    (
      "metrics: {frechet: {goal: min}}",
      "metrics: {frechet: {goal: min, primary: true}, modes: {goal: max, primary: true}}",
      "4:48: only one metric can be primary, but 'frechet' and 'modes' are"
    ),
    (
      "metrics: {frechet: {goal: min}}", "metrics: {frechet: {goal: min, primary: 1}}",
      "4:41: 'primary' must be true or false, not '1'"
    ),
    ("seeds: 2", "seeds: [1, 2, 1]", "3:15: seed 1 is given twice"),
    ("seeds: 2", "seeds: [1, -2]", "3:12: a seed must be a whole number from 0, not '-2'"),
    ("seeds: 2", "seeds: []", "3:8: 'seeds' must have between 1 and 10000 items"),
    ("seeds: 2\n", "", "1:1: the experiment needs 'seeds': a count or a list"),
    ("question: Why?", "question: []", "1:11: 'question' must be a sentence, not the list []"),
    (
      "fixed: {data: ring8}", "fixed: ring8",
      "2:8: 'fixed' must be a map of settings, not 'ring8'\nx.yaml:1:1: 'data' must be given: What is learned"
    ),
  ])
  func otherSections(_ old: String, _ new: String, _ message: String) {
    let lines = ("x.yaml:" + message).split(separator: "\n").sorted()
    let text = experiment().replacing(old, with: new)
    #expect(complaints(text).split(separator: "\n").sorted() == lines)
  }
}
