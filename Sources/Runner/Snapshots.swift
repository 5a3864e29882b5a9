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

  private static func names(_ training: TrainingGraph) -> [String] {
    training.generator.states.map {
      training.sampledStates + $0.name.dropFirst("generator".count)
    }
  }

  /// Whether a file has the snapshot of a step.
  static func holds(_ file: Safetensors, _ step: Int, _ training: TrainingGraph) -> Bool {
    names(training).allSatisfy { file["\(step)/\($0)"] != nil }
  }

  /// Puts the snapshot of a step into the states.
  static func load(
    _ file: Safetensors, _ step: Int, _ training: TrainingGraph, _ state: StateTable
  ) {
    for name in names(training) {
      if let array = file["\(step)/\(name)"] { state[name] = array.doubles.elements }
    }
  }
}
