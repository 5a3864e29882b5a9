import Arrays
import Engine

/// Draws samples from a run's generator as it stands, in evaluation mode.
struct Sampler {
  private static let chunk = 500
  private let training: TrainingGraph
  private let step: PreparedStep
  private let prepare: (_ program: Program, _ given: [String]) -> PreparedStep

  init(_ trainer: Trainer, seed: Int, executor: Executor) {
    let training = trainer.training
    self.training = training
    prepare = { program, given in
      PreparedStep(
        executor.prepare(program, state: trainer.state), training,
        seed: UInt64(bitPattern: Int64(seed)), batches: nil, given: given)
    }
    step = prepare(
      training.sampling(of: training.latent("evaluate/latent", count: Self.chunk)), [])
  }

  /// `count` samples of shape `[count, …]`; the same latents at every moment of a run, and each a function of its
  /// own index, so that a larger count only adds samples.
  func callAsFunction(_ count: Int) -> HostArray<Float> {
    let size = training.sampleShape.reduce(1, *)
    var elements: [Float] = []
    elements.reserveCapacity((count + Self.chunk) * size)
    for chunk in 0..<(count + Self.chunk - 1) / Self.chunk {
      step.run(step: chunk, at: .start)
      elements += step.execution.output(0).map(Float.init)
    }
    elements.removeLast(elements.count - count * size)
    return HostArray(shape: [count] + training.sampleShape, elements: elements)
  }

  // MARK: Chosen latents

  /// The first `count` latents of a stream, of shape `[count, size]`.
  func latents(_ stream: String, count: Int) -> HostArray<Double> {
    let program = Program(
      training.graph, outputs: [("latents", training.latent(stream, count: count))], updates: [])
    let step = prepare(program, [])
    step.run(step: 0, at: .start)
    return HostArray(
      shape: program.outputs[0].tensor.shape, elements: step.execution.output(0))
  }

  /// The samples that latents of shape `[n, size]` become.
  func samples(of latents: HostArray<Double>) -> HostArray<Float> {
    let name = "latent/given/\(latents.rows)"
    let step = prepare(training.sampling(of: training.graph.input(name, latents.shape)), [name])
    step.execution.setInput(name, latents.elements)
    step.run(step: 0, at: .start)
    return HostArray(
      shape: [latents.rows] + training.sampleShape,
      elements: step.execution.output(0).map(Float.init))
  }
}
