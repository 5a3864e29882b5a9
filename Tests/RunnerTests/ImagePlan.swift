import Arrays
import Engine
import Foundation
import Records

@testable import Runner

/// Experiments on tiny images in a file.
struct ImagePlan {
  let folder: TemporaryFolder
  static let shape = [4, 5, 1]
  /// Training images: nine tenths of those in the file.
  static let candidates = 81

  init() throws {
    folder = try TemporaryFolder()
    let stream = RandomStream(seed: 3, name: "images")
    let bytes = stream.bits(90 * 20).map { UInt8($0 >> 24) }
    try NumPyArray.write(
      .uint8(HostArray(shape: [90] + Self.shape, elements: bytes)), to: "\(folder.path)/images.npy")
  }

  /// Arms on these images; see `TinyPlan.make`.
  func make(
    _ arms: [(name: String, settings: String)] = [("only", "")], seeds: String = "1",
    set: [String] = []
  ) throws -> Plan {
    try TinyPlan.make(
      arms, seeds: seeds,
      set: [
        "data={name: npy, file: '\(folder.path)/images.npy'}", "generator.output=tanh",
        "evaluate.reference=1000",
      ] + set)
  }

  func store(_ name: String = "store") -> Store { Store("\(folder.path)/\(name)") }

  func identities(_ plan: Plan) -> Identities {
    Identities(plan, executor: Executor.fast(.best).name, dataFolder: nil)
  }

  /// Does all runs of a plan; returns how many generator steps were taken.
  @discardableResult
  func perform(_ plan: Plan, in store: String = "store") throws -> Int {
    let runner = JobRunner(
      plan, store: self.store(store), executor: .fast(.best), dataFolder: nil)
    let steps = StepCount()
    for arm in plan.arms {
      try runner.performReference(arm: arm.index)
      for seed in plan.seeds {
        try runner.perform(
          arm: arm.index, seed: seed,
          monitor: RunMonitor {
            if case .recorded = $0 { steps.add() }
          })
      }
    }
    return steps.value
  }

  func gathered(_ plan: Plan, from store: String = "store") throws -> CompactRecords {
    try Gathering(plan, store: self.store(store), identities: identities(plan)).records()
  }
}

/// A number that closures on any thread raise.
final class StepCount: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  func add() { lock.withLock { count += 1 } }
  var value: Int { lock.withLock { count } }
}
