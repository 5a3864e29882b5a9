import Arrays
import Catalog
import Datasets
import Engine
import Networks

/// A program of a run with everything that fills its inputs: running it is one call without allocation.
struct PreparedStep {
  let execution: any Execution
  private let feeds: [Feed]

  /// What fills one input.
  private enum Feed {
    case batch(BatchSource)
    case draw(RandomStream, Distribution)
    case coefficient(Int)
  }

  /// - Parameters:
  ///   - batches: the source of each player's real batches.
  init(
    _ program: Program, _ graph: Graph, executor: Executor, state: StateTable, seed: UInt64,
    batches: BatchSource?
  ) {
    execution = executor.prepare(program, state: state)
    feeds = program.inputs.map { name, _ in
      if let draw = graph.draws.first(where: { $0.stream == name }) {
        return .draw(RandomStream(seed: seed, name: name), draw.distribution)
      }
      if let position = Player.allCases.lazy.compactMap({ Self.coefficient(name, $0) }).first {
        return .coefficient(position)
      }
      guard let batches else { preconditionFailure("nothing fills the input '\(name)'") }
      return .batch(batches)
    }
  }

  private static func coefficient(_ name: String, _ player: Player) -> Int? {
    (0..<2).first { TrainingGraph.coefficientName(player, $0) == name }
  }

  /// Fills the inputs for step `step` of their streams and runs.
  ///
  /// - Parameter coefficients: the optimizer's numbers of this step.
  func run(step: Int, coefficients: SIMD2<Double> = .zero) {
    for (position, feed) in feeds.enumerated() {
      switch feed {
      case .batch(let source): execution.fillInput(position) { source.fill($0, step: step) }
      case .draw(let stream, .normal):
        execution.fillInput(position) { stream.fillNormal($0, step: step) }
      case .draw(let stream, .uniform):
        execution.fillInput(position) { stream.fillUniform($0, step: step) }
      case .coefficient(let index): execution.setScalar(position, coefficients[index])
      }
    }
    execution.run()
  }
}

/// The per-step numbers of one player's optimizer.
struct CoefficientSource {
  private let coefficients: Optimizer.Coefficients
  private let rate: Coefficient
  private let steps: Int

  init(_ configuration: RunConfiguration, _ player: Player) {
    let (entry, arguments) = optimizerTable.selection(configuration.optimizer(player))
    coefficients = entry.body.coefficients(arguments)
    rate = coefficient(arguments.value("rate"))
    steps = configuration.steps
  }

  /// The numbers of the player's update `update` (from 1 on), in generator step `step` (from 0).
  func values(update: Int, step: Int) -> SIMD2<Double> {
    coefficients(update, rate(step, steps))
  }
}
