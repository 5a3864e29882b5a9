import Engine

/// Sees the programs of a training as they are run, one after another.
protocol StepObserver: AnyObject {
  /// The program that runs in the place of one of the training's: further outputs, and the same updates.
  func observed(_ program: Program, of training: TrainingGraph) -> Program
  /// Sees a program whose inputs are set.
  func willRun(_ execution: any Execution)
  /// Sees a program that was run.
  func didRun(_ execution: any Execution)
}
