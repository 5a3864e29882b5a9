import Engine

/// The most floating-point operations per second that one core reaches with the multiply-adds of some kernels.
enum PeakRate {
  /// How long a reading takes: shorter than a busy system's turns, so that some of them are undisturbed.
  private static let reading = Duration.milliseconds(1)
  private static let readings = 30

  /// The fastest of some readings of about a millisecond each, in operations per second.
  static func measured(_ kernels: Kernels) -> Double {
    var rounds = 64
    while duration(of: rounds, kernels).time < reading { rounds *= 2 }
    let rates = (0..<readings).map { _ in
      let (time, operations) = duration(of: rounds, kernels)
      return Double(operations) / (time / .seconds(1))
    }
    return rates.reduce(0, max)
  }

  private static func duration(
    of rounds: Int, _ kernels: Kernels
  ) -> (time: Duration, operations: Int) {
    var operations = 0
    let time = ContinuousClock().measure { operations = kernels.multiplyAdd(rounds: rounds) }
    return (time, operations)
  }
}
