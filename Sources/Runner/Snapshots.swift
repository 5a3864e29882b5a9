import Arrays
import Engine

/// The generator weights that a run keeps, so that a metric thought of later needs no training.
struct Snapshots {
  /// Moments kept besides initialization, evenly spaced; the last step is one of them.
  private static let points = 10
  /// A run whose snapshots would need more bytes keeps the last one alone.
  private static let largestSize = 16 << 20

  /// The generator steps at which snapshots are taken.
  let steps: [Int]
  var entries: [Safetensors.Entry] = []
  private let prefix: String

  init(_ training: TrainingGraph, steps: Int) {
    prefix = training.sampledStates + "."
    let size = training.generator.states.reduce(0) { $0 + 8 * $1.shape.reduce(1, *) }
    let all = (0...Self.points).map { $0 * steps / Self.points }
    self.steps =
      size * all.count <= Self.largestSize
      ? all.indices.filter { $0 == 0 || all[$0] != all[$0 - 1] }.map { all[$0] } : [steps]
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
