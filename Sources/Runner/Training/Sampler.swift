import Arrays
import Engine

/// Draws samples from a run's generator as it stands, in evaluation mode.
struct Sampler {
  private static let chunk = 500
  private let step: PreparedStep
  private let shape: [Int]

  init(_ trainer: Trainer, seed: Int, executor: Executor) {
    let training = trainer.training
    shape = training.sampleShape
    step = PreparedStep(
      training.sampling(count: Self.chunk), training, executor: executor,
      state: trainer.state, seed: UInt64(bitPattern: Int64(seed)), batches: nil)
  }

  /// `count` samples of shape `[count, …]`; the same latents at every moment of a run, and each a function of its
  /// own index, so that a larger count only adds samples.
  func callAsFunction(_ count: Int) -> HostArray<Float> {
    var elements: [Float] = []
    elements.reserveCapacity((count + Self.chunk) * shape.reduce(1, *))
    for chunk in 0..<(count + Self.chunk - 1) / Self.chunk {
      step.run(step: chunk, generatorStep: 0)
      elements += step.execution.output(0).map(Float.init)
    }
    elements.removeLast(elements.count - count * shape.reduce(1, *))
    return HostArray(shape: [count] + shape, elements: elements)
  }
}
