import Arrays
import Catalog
import Datasets
import Engine
import Networks

/// Trains a classifier from scratch; the weights are a function of its data and of this recipe alone.
///
/// Cross-entropy, Adam with a rate that falls linearly from 0.001 to 0, batches of 100 from 60,000 training samples in
/// another order in each of 5 epochs. Nothing is chosen by looking at the samples that are held out.
public final class ClassifierTraining {
  /// The number of steps of the whole training.
  public static let stepCount = epochs * sampleCount / batch
  /// The seed of initial weights, order and drawn samples: another than that of the samples that metrics see.
  static let seed: UInt64 = 1
  private static let batch = 100
  private static let epochs = 5
  private static let sampleCount = 60_000

  /// The classifier whose weights are trained.
  public let classifier: Classifier
  /// The number of steps taken.
  public private(set) var step = 0
  private let images: HostArray<Float>
  private let labels: [Int]
  private let state: StateTable
  private let execution: any Execution
  private let coefficients: [Optimizer.StepCoefficient]
  private var order: [Int32] = []

  /// Reads or draws the training samples and makes the network's first weights.
  ///
  /// - Throws: `DatasetError` when data files are missing or damaged.
  public init(_ classifier: Classifier, dataFolder: String?, kernels: Kernels) throws {
    self.classifier = classifier
    let dataset = try classifier.dataset(dataFolder)
    images = dataset.evaluationSamples(count: Self.sampleCount, split: .train, seed: Self.seed)
    labels =
      dataset.evaluationLabels(count: Self.sampleCount, split: .train, seed: Self.seed) ?? []
    let (optimizer, arguments) = optimizerTable.selection(
      ParameterType.entry(optimizerTable.description).complete(.text("adam")))
    coefficients = optimizer.body.coefficients(arguments)
    let program = Self.step(
      classifier.network, optimizer.body, arguments, coefficientCount: coefficients.count)
    state = StateTable(of: program.graph, precision: .float32)
    execution = Executor.fast(kernels).prepare(program, state: state)
    for parameter in classifier.network.parameters {
      guard let fanIn = parameter.fanIn else { continue }
      let stream = RandomStream(seed: Self.seed, name: "init/classifier.\(parameter.name)")
      state[parameter.name] = heNormal(
        parameter.shape.reduce(1, *), fanIn: fanIn, slope: 0, stream)
    }
  }

  /// One step as a program: the batch's mean cross-entropy, and all states changed.
  private static func step(
    _ network: LeNet, _ optimizer: Optimizer, _ arguments: Arguments, coefficientCount: Int
  ) -> Program {
    let graph = Graph()
    let images = graph.input("images", [batch, network.imageSize, network.imageSize, 1])
    let truth = graph.input("truth", [batch, network.classCount])
    let loss = crossEntropy(network.scores(images), truth)
    let parameters = network.parameters.map { graph.state($0.name, $0.shape) }
    let coefficients = (0..<coefficientCount).map { graph.input("coefficient/\($0)", []) }
    let slopes = gradients(of: loss, by: parameters)
    var updates: [(state: String, tensor: Tensor)] = []
    for ((parameter, tensor), gradient) in zip(zip(network.parameters, parameters), slopes) {
      let result = optimizer.update(
        Optimizer.Step(
          name: parameter.name, parameter: tensor, gradient: gradient,
          coefficients: coefficients, arguments: arguments))
      updates.append((parameter.name, result.parameter))
      updates += result.moments.map { ("optimizer.\(parameter.name).\($0.name)", $0.value) }
    }
    return Program(graph, outputs: [("loss", loss)], updates: updates)
  }

  /// Takes one step.
  ///
  /// - Returns: the mean cross-entropy of its batch in nats, before the step.
  public func advance() -> Double {
    let position = step % (Self.sampleCount / Self.batch) * Self.batch
    if position == 0 {
      order = RandomStream(seed: Self.seed, name: "classifier/order")
        .permutation(images.rows, step: step * Self.batch / Self.sampleCount)
    }
    // A smaller set is gone through again within an epoch.
    let rows = (position..<position + Self.batch).map { Int(order[$0 % order.count]) }
    fill(rows)
    let rate = 0.001 * (1 - Double(step) / Double(Self.stepCount))
    for (index, coefficient) in coefficients.enumerated() {
      if let input = execution.inputPosition("coefficient/\(index)") {
        execution.setScalar(input, coefficient(step + 1, rate))
      }
    }
    execution.run()
    step += 1
    return execution.scalar(0)
  }

  private func fill(_ rows: [Int]) {
    let (size, classCount) = (images.rowCount, classifier.network.classCount)
    if let input = execution.inputPosition("images") {
      execution.fillInput(input) { buffer in
        for (position, row) in rows.enumerated() {
          _ = buffer[(position * size)...].update(fromContentsOf: images.row(row))
        }
      }
    }
    if let input = execution.inputPosition("truth") {
      execution.fillInput(input) { buffer in
        buffer.update(repeating: 0)
        for (position, row) in rows.enumerated() {
          buffer[position * classCount + labels[row]] = 1
        }
      }
    }
  }

  /// The weights after the steps taken so far, as a file.
  public var file: ClassifierFile {
    ClassifierFile(classifier.name, classifier.network, weights)
  }

  private var weights: [NamedArray] {
    classifier.network.parameters.map { parameter in
      (
        parameter.name,
        HostArray(shape: parameter.shape, elements: Array(state.floats(parameter.name)))
      )
    }
  }
}

/// The mean over the batch of −ln of the softmax at the true class, from scores `[n, classes]` and the truth as ones
/// among zeros: ln Σ eˢ − s of the true class, the largest score taken off first.
func crossEntropy(_ scores: Tensor, _ truth: Tensor) -> Tensor {
  let shifted = scores - scores.max(over: [1], keepingAxes: true).stopGradient()
  let logarithm = shifted.exp().sum(over: [1]).log()
  return (logarithm - (shifted * truth).sum(over: [1])).mean()
}

/// Numbers from N(0, 2/((1 + slope²)·fanIn)). Source: 1502.01852.
func heNormal(_ count: Int, fanIn: Int, slope: Double, _ stream: RandomStream) -> [Double] {
  let deviation = (2 / ((1 + slope * slope) * Double(fanIn))).squareRoot()
  return stream.normal(count).map { Double($0) * deviation }
}

extension Classifier {
  /// The data set that the classifier is trained on, with its default settings.
  ///
  /// - Throws: `DatasetError` when data files are missing or damaged.
  func dataset(_ dataFolder: String?) throws -> Dataset {
    let setting = ParameterType.entry(Datasets.table.description).complete(.text(name))
    let (entry, arguments) = Datasets.table.selection(setting)
    return try entry.body(arguments, dataFolder)
  }
}
