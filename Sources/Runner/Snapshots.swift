import Arrays
import Engine

/// The generator weights that a run keeps, so that a metric thought of later needs no training.
struct Snapshots {
  /// Moments besides initialization, evenly spaced; the last step is one of them.
  private static let points = 10
  /// The most bytes that the snapshots of a run may need.
  private static let largestSize = 16 << 20

  /// The generator steps at which snapshots are taken.
  let steps: [Int]
  var entries: [Safetensors.Entry] = []
  private let prefix: String

  init(_ training: TrainingGraph, steps: Int) {
    prefix = training.sampledStates + "."
    let shapes = training.generator.states.map(\.shape)
    let points = Self.points(
      weights: shapes.reduce(0) { $0 + $1.reduce(1, *) },
      isConvolutional: shapes.contains { $0.count == 4 })
    self.steps = points.map { Self.moments(of: steps, points: $0) } ?? [steps]
  }

  /// Initialization and evenly spaced generator steps, the last among them; fewer where there are fewer steps.
  static func moments(of steps: Int, points: Int = points) -> [Int] {
    let all = (0...points).map { $0 * steps / points }
    return all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] }
  }

  /// How many moments besides initialization are kept; nil where it is the last step alone.
  ///
  /// A perceptron keeps all or the last, each number counted as eight bytes, as ever: its records must not change. A
  /// convolutional generator keeps as many as fit of 10, 5, 2 or 1, at four bytes a number, so that an evaluation at so many
  /// points, or at a divisor of them, needs no training.
  static func points(weights: Int, isConvolutional: Bool) -> Int? {
    let candidates = isConvolutional ? [points, 5, 2, 1] : [points]
    let width = isConvolutional ? 4 : 8
    return candidates.first { ($0 + 1) * weights * width <= largestSize }
  }

  /// Keeps the sampled states of this moment if it is one of `steps`.
  mutating func take(_ step: Int, _ state: StateTable) {
    guard steps.contains(step) else { return }
    entries += state.exported("\(step)/") { $0.hasPrefix(prefix) }
  }

  private static func states(_ training: TrainingGraph) -> [(name: String, shape: [Int])] {
    training.generator.states.map {
      (training.sampledStates + $0.name.dropFirst("generator".count), $0.shape)
    }
  }

  /// Whether a file has the snapshot of a step, of these networks.
  static func holds(_ file: Safetensors, _ step: Int, _ training: TrainingGraph) -> Bool {
    states(training).allSatisfy { file["\(step)/\($0.name)"]?.shape == $0.shape }
  }

  /// Puts the snapshot of a step, which the file must hold, into the states.
  static func load(
    _ file: Safetensors, _ step: Int, _ training: TrainingGraph, _ state: StateTable
  ) {
    for (name, _) in states(training) {
      if let array = file["\(step)/\(name)"] { state[name] = array.doubles.elements }
    }
  }
}
