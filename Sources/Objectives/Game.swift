import Engine
import Schedules

/// What a critic gives for a sample.
public enum CriticForm: Hashable, Sendable {
  /// One number: a logit, or whatever the loss takes it for.
  case score
  /// A vector of so many numbers.
  case embedding(Int)
  /// The sample again, by way of a code of so many numbers.
  case autoencoder(code: Int)
  /// One number, and projections of the critic's local and global features to so many numbers.
  case contrast(Int)
  /// Nothing: there is no critic.
  case none
}

/// What the critic gives for a batch of n samples.
public struct Response {
  /// Scores `[n]`, embeddings `[n, d]`, or reconstructions in the shape of the batch.
  public let output: Tensor
  /// The codes between an autoencoder's halves, `[n, c]`; of other forms the output.
  public let code: Tensor
  /// Projected features, of critics with the form `contrast` alone: local ones `[n, positions, d]` and global ones `[n, d]`.
  public let features: (local: Tensor, global: Tensor)?

  /// Collects what a critic gives.
  public init(
    output: Tensor, code: Tensor? = nil, features: (local: Tensor, global: Tensor)? = nil
  ) {
    self.output = output
    self.code = code ?? output
    self.features = features
  }
}

/// One step of the game as the objectives of both players see it: batches, and networks as functions.
public struct Game {
  /// A batch, with the noise that the critic sees it under, and what the critic gives for it.
  public typealias Seen = (samples: Tensor, response: Response)

  /// The real batch, `[n, …]`.
  public let real: Tensor
  /// The fake batch, `[n, …]`. A critic step gives it without its derivative.
  public let fake: Tensor
  /// The latents that became the fake batch, `[n, size]`.
  public let latents: Tensor
  /// What the critic gives for the real batch.
  public let onReal: Response
  /// What the critic gives for the fake batch.
  public let onFake: Response
  /// The label of real samples: 1, or less when smoothed.
  public let realLabel: Coefficient
  /// The label of fake samples: 0, or more when smoothed.
  public let fakeLabel: Coefficient
  /// What the critic gives for a further batch; the name of the pass keeps its random numbers apart.
  public let respond: (_ x: Tensor, _ pass: String) -> Response
  /// What the generator makes of latents; the name of the pass keeps its random numbers apart.
  public let generate: (_ latents: Tensor, _ pass: String) -> Tensor
  /// A second fake batch, independent of the first, and what the critic gives for it.
  public let secondFake: () -> Seen
  /// The numbers that the loss keeps from step to step.
  public let memory: Memory

  /// Collects what a step has.
  public init(
    real: Tensor, fake: Tensor, latents: Tensor, onReal: Response, onFake: Response,
    realLabel: Coefficient = .constant(1), fakeLabel: Coefficient = .constant(0),
    respond: @escaping (_ x: Tensor, _ pass: String) -> Response,
    generate: @escaping (_ latents: Tensor, _ pass: String) -> Tensor,
    secondFake: @escaping () -> Seen, memory: Memory
  ) {
    self.real = real
    self.fake = fake
    self.latents = latents
    self.onReal = onReal
    self.onFake = onFake
    self.realLabel = realLabel
    self.fakeLabel = fakeLabel
    self.respond = respond
    self.generate = generate
    self.secondFake = secondFake
    self.memory = memory
  }

  /// The critic's scores on both batches with their labels.
  public var scores: Scores {
    Scores(
      real: onReal.output, fake: onFake.output, realLabel: realLabel, fakeLabel: fakeLabel)
  }
}

/// A number that an objective keeps from one of its player's steps to the next: a controller, a moving average.
public struct Remembered: Hashable, Sendable {
  /// The name, which follows that of the objective's setting in the state table: `loss.balance`.
  public let name: String
  /// The value before the first step.
  public let start: Double

  /// Declares a number.
  public init(_ name: String, start: Double) {
    self.name = name
    self.start = start
  }
}

/// The numbers that one objective keeps from step to step, as the step at hand sees them.
public struct Memory {
  private let read: (_ name: String) -> Tensor
  private let write: (_ name: String, Tensor) -> Void

  /// A memory by its two ways of access.
  ///
  /// - Parameters:
  ///   - read: the number before the step, a scalar.
  ///   - write: sets the number after the step; does nothing in a step that leaves it alone.
  public init(
    read: @escaping (_ name: String) -> Tensor,
    write: @escaping (_ name: String, Tensor) -> Void
  ) {
    self.read = read
    self.write = write
  }

  /// The number called `name` before the step; setting says what it is after it.
  public subscript(name: String) -> Tensor {
    get { read(name) }
    nonmutating set { write(name, newValue) }
  }
}
