import Arrays
import Catalog
import Datasets
import Engine

/// A program of a run with everything that fills its inputs: running it is one call without allocation.
struct PreparedStep {
  let execution: any Execution
  private let feeds: [Feed]
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
