import CAllocations
import Engine

/// Times a case.
public struct StepBenchmark {
  private let benchmark: BenchmarkCase
  private let kernels: Kernels
  private let trainer: Trainer
  private var losses = Trainer.Losses()
  private var allocations: Int64 = 0
  private var units = 0

  /// Blocks that are timed at least, and about how many there are.
  private static let (fewestBlocks, usualBlocks) = (3, 50)

  /// Prepares a case.
  ///
  /// - Throws: what is wrong with the case's settings.
  public init(_ benchmark: BenchmarkCase, kernels: Kernels) throws {
    self.benchmark = benchmark
    self.kernels = kernels
    trainer = try benchmark.trainer(kernels)
  }

  /// Takes the steps whose outcome is known, then times blocks of steps for about `seconds`.
  public mutating func run(seconds: Double) -> BenchmarkResult {
    for _ in 0..<BenchmarkCase.digestSteps { trainer.advance(benchmark.unit, &losses) }
    let digest = trainer.state.digest
    // Timing asks for no more memory but for a copy of the states.
    let memory = PeakMemory.mebibytes
    let before = PeakRate.measured(kernels)
    let times = blockTimes(seconds: seconds)
    let peak = max(before, PeakRate.measured(kernels))
    let median = times.quantile(0.5)
    let rate = Double(trainer.operations(of: benchmark.unit)) / median
    return BenchmarkResult(
      name: benchmark.name, milliseconds: median * 1e3, low: times.quantile(0.25) * 1e3,
      high: times.quantile(0.75) * 1e3, gigaflops: rate * 1e-9,
      share: rate / (peak * Double(kernels.threads)),
      peak: peak * 1e-9, memory: memory,
      allocations: allocation_count() < 0 ? nil : Double(allocations) / Double(units),
      digest: digest)
  }

  /// Seconds per unit of each block, in rising order. All blocks begin with the same states, so that they do the same
  /// work.
  private mutating func blockTimes(seconds: Double) -> [Double] {
    let clock = ContinuousClock()
    let start = StateTable(of: trainer.training.graph, precision: trainer.state.precision)
    start.copy(from: trainer.state)
    let step = trainer.step
    let fastest = min(time(1, clock), time(1, clock), time(1, clock))
    let count = max(1, Int(seconds / Double(Self.usualBlocks) / fastest))
    var times: [Double] = []
    let end = clock.now + .seconds(seconds)
    while times.count < Self.fewestBlocks || clock.now < end {
      trainer.restore(step: step, from: start)
      times.append(time(count, clock))
    }
    return times.sorted()
  }

  /// Takes `count` units; returns seconds per unit.
  private mutating func time(_ count: Int, _ clock: ContinuousClock) -> Double {
    let requests = allocation_count()
    let start = clock.now
    for _ in 0..<count { trainer.advance(benchmark.unit, &losses) }
    let time = clock.now - start
    allocations += allocation_count() - requests
    units += count
    return time / .seconds(1) / Double(count)
  }
}

extension [Double] {
  /// A quantile of numbers in rising order, of which there is at least one, by linear interpolation.
  func quantile(_ part: Double) -> Double {
    let position = part * Double(count - 1)
    let (below, above) = (Int(position.rounded(.down)), Int(position.rounded(.up)))
    return self[below] + (position - Double(below)) * (self[above] - self[below])
  }
}
