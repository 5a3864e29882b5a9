import Records

/// Records as trained arms would leave them: values, histories and samples from a quality and a
/// risk per arm.
struct SyntheticRecords {
  let plan: Plan
  /// The primary metric's level of an arm, positive: 1 is that of an untreated arm.
  var level: (Arm) -> Double
  /// The probability that a run of an arm diverges.
  var risk: (Arm) -> Double = { _ in 0 }
  var modes: [SIMD2<Float>] = []
  var protocolText = "synthetic data; 2,000 samples"

  private let steps = 4000

  var records: CompactRecords {
    var runs: [RunResult] = []
    var training: [HistoryTable.Row] = []
    var evaluation: [HistoryTable.Row] = []
    for arm in plan.arms {
      for seed in plan.seeds {
        let run = run(arm, seed)
        runs.append(run)
        training += trainingRows(arm, run)
        evaluation += evaluationRows(arm, run)
      }
    }
    return CompactRecords(
      runs: runs,
      training: HistoryTable(
        columns: ["critic_loss", "penalty", "critic_total", "generator_loss", "real"],
        rows: training),
      evaluation: HistoryTable(columns: plan.metrics.map(\.name), rows: evaluation),
      clouds: modes.isEmpty ? [] : plan.arms.compactMap { cloud($0, runs) }, grids: [],
      references: [
        ProblemReference(
          data: "\"ring8\"", protocolText: protocolText,
          realAgainstReal: plan.metrics.indices.map { $0 == 0 ? 0.0004 : nil }, realPoints: [],
          modes: modes)
      ])
  }

  /// Seeds have an effect of their own, so that arms are paired.
  private func run(_ arm: Arm, _ seed: Int) -> RunResult {
    var numbers = SyntheticNumbers(arm.index, seed)
    var common = SyntheticNumbers(-1, seed)
    let isDiverged = numbers.uniform() < risk(arm)
    let value = level(arm) * (1 + 0.15 * common.normal() + 0.08 * numbers.normal())
    let metrics: [Double?] = plan.metrics.indices.map { index in
      switch index {
      case 0: max(value, 0.001)
      case 1: max(0, min(8, (8.4 - 3 * value).rounded()))
      default: 0.95 / (1 + 0.3 * value) + 0.01 * numbers.normal()
      }
    }
    return RunResult(
      arm: arm.index, seed: seed, id: String(repeating: "0", count: 64),
      state: isDiverged ? .diverged : .done, steps: isDiverged ? 1200 + 100 * seed : steps,
      isDead: !isDiverged && numbers.uniform() < risk(arm) / 3,
      operations: (1 + arm.index % 10) * 1_300_000_000_000, digest: "\(arm.index)/\(seed)",
      metrics: isDiverged ? plan.metrics.map { _ in nil } : metrics)
  }

  private func trainingRows(_ arm: Arm, _ run: RunResult) -> [HistoryTable.Row] {
    var numbers = SyntheticNumbers(arm.index, run.seed, 2)
    return stride(from: 0, through: run.steps, by: 50).map { step in
      let time = Double(step) / 600
      let critic = 1.39 - 0.5 * time / (1 + time) + 0.06 * numbers.normal()
      let generator = 0.7 + 1.2 * level(arm) * time / (1 + time) + 0.12 * numbers.normal()
      return HistoryTable.Row(
        arm: arm.index, seed: run.seed, step: step,
        values: [critic, nil, critic, generator, 0.5 + 0.02 * numbers.normal()])
    }
  }

  private func evaluationRows(_ arm: Arm, _ run: RunResult) -> [HistoryTable.Row] {
    var numbers = SyntheticNumbers(arm.index, run.seed, 3)
    return stride(from: 0, through: run.steps, by: 200).map { step in
      let time = Double(step) / 500
      let values: [Double?] = plan.metrics.indices.map { index in
        let end = run.metrics[index] ?? level(arm)
        let start = index == 0 ? 6.0 : 0.1
        return end + (start - end) / (1 + time * time) * (1 + 0.2 * numbers.normal())
      }
      return HistoryTable.Row(arm: arm.index, seed: run.seed, step: step, values: values)
    }
  }

  /// Points around the modes, wider and with fewer modes for worse arms.
  private func cloud(_ arm: Arm, _ runs: [RunResult]) -> SampleCloud? {
    guard let run = runs.first(where: { $0.arm == arm.index && $0.state == .done }) else {
      return nil
    }
    var numbers = SyntheticNumbers(arm.index, 4)
    let covered = max(1, min(modes.count, Int(8.4 - 3 * level(arm))))
    let points = (0..<300).map { _ in
      let mode = modes[Int(numbers.uniform() * Double(covered))]
      let spread = 0.05 * level(arm)
      return mode
        + SIMD2(Float(spread * numbers.normal()), Float(spread * numbers.normal()))
    }
    return SampleCloud(arm: arm.index, seed: run.seed, points: points)
  }
}
