import Arrays
import Catalog
import Datasets
import Engine
import Networks

/// A program of a run with everything that fills its inputs: running it is one call without allocation.
struct PreparedStep {
  let execution: any Execution
  private let feeds: [Feed]
  private let outputs: [TrainingGraph.PlayerOutput: Int]
  private let observer: (any StepObserver)?

  /// What fills one input.
  private enum Feed {
    case batch(BatchSource)
    case draw(RandomStream, Distribution)
    case coefficient(CoefficientInputs.Value)
    /// The caller sets it before each run.
    case given
  }

  /// - Parameters:
  ///   - execution: a program that is made ready.
  ///   - training: the graph that the program is a part of.
  ///   - batches: the source of each player's real batches.
  ///   - given: the names of inputs that the caller sets.
  ///   - observer: sees each run of the program.
  init(
    _ execution: any Execution, _ training: TrainingGraph, seed: UInt64, batches: BatchSource?,
    given: [String] = [], observer: (any StepObserver)? = nil
  ) {
    self.execution = execution
    let names = execution.program.outputs.map(\.name)
    outputs = TrainingGraph.PlayerOutput.all.reduce(into: [:]) { outputs, output in
      outputs[output] = names.firstIndex(of: output.name)
    }
    self.observer = observer
    let coefficients = CoefficientInputs(training.configuration)
    feeds = execution.program.inputs.map { name, _ in
      if let draw = training.graph.draws.first(where: { $0.stream == name }) {
        return .draw(RandomStream(seed: seed, name: name), draw.distribution)
      }
      if let value = coefficients[name] { return .coefficient(value) }
      if given.contains(name) { return .given }
      guard let batches else { preconditionFailure("nothing fills the input '\(name)'") }
      return .batch(batches)
    }
  }

  /// The number that the last run gave; nil where the program does not give it.
  subscript(output: TrainingGraph.Output, player: Player) -> Double? {
    outputs[TrainingGraph.PlayerOutput(output: output, player: player)]
      .map { execution.scalar($0) }
  }

  /// The counted floating-point operations of a run.
  var operations: Int { execution.program.operations }

  /// Fills the inputs for step `step` of their streams, from 0, and coefficients as they are at a moment, and runs.
  func run(step: Int, at moment: TrainingMoment) {
    for (position, feed) in feeds.enumerated() {
      switch feed {
      case .batch(let source): execution.fillInput(position) { source.fill($0, step: step) }
      case .draw(let stream, .normal):
        execution.fillInput(position) { stream.fillNormal($0, step: step) }
      case .draw(let stream, .uniform):
        execution.fillInput(position) { stream.fillUniform($0, step: step) }
      case .coefficient(let value):
        execution.setScalar(position, value(moment))
      case .given: break
      }
    }
    observer?.willRun(execution)
    execution.run()
    observer?.didRun(execution)
  }
}
