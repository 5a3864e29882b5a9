import Engine
import Records
import Testing

@testable import Runner

/// Benchmarks: what they compute is known, and what they count adds up.
@Suite struct BenchmarkTests {
  private static func tiny(_ unit: BenchmarkCase.Unit, digest: String = "") -> BenchmarkCase {
    BenchmarkCase(
      "tiny", "data: ring8, train.batch: 16, generator.hidden: [8], critic.hidden: [8]", unit,
      digest: digest)
  }

  @Test func casesAreValid() throws {
    #expect(Set(benchmarkTable.map(\.name)).count == benchmarkTable.count)
    for benchmark in benchmarkTable {
      #expect(benchmark.digest.count == 64 && benchmark.digest.allSatisfy(\.isHexDigit))
      #expect(throws: Never.self, "\(benchmark.name)") { try benchmark.configuration() }
    }
  }

  /// The smallest case under every instruction set; a convolutional one, for which portable code is too slow, under the
  /// others.
  @Test(arguments: ["mlp-2x64", "dcgan-32x32x1-32-critic-gp"])
  func instructionSetsGiveTheRecordedDigest(_ name: String) throws {
    let benchmark = try #require(benchmarkTable.first { $0.name == name })
    for kernels in availableKernels where kernels.name != "portable" || name == "mlp-2x64" {
      var measurement = try StepBenchmark(benchmark, kernels: kernels)
      let result = measurement.run(seconds: 0.001)
      #expect(benchmark.faults(of: result) == [], "\(kernels.name)")
      #expect(result.low <= result.milliseconds && result.milliseconds <= result.high)
      // Not below 1 for sure: other work may slow the measurement of the peak down.
      #expect(result.share > 0 && result.peak > 0, "\(kernels.name): \(result.share)")
      #expect((result.memory ?? 1) > 1)
    }
  }

  @Test func stepsOfOnePlayerLeaveTheOtherAlone() throws {
    for (unit, still) in [
      (BenchmarkCase.Unit.criticStep, "generator."), (.generatorStep, "critic."),
    ] {
      let trainer = try Self.tiny(unit).trainer(.best)
      let names = trainer.state.entries.map(\.name)
      let before = names.map { trainer.state[$0] }
      var losses = Trainer.Losses()
      trainer.advance(unit, &losses)
      let changed = zip(names, before).filter { trainer.state[$0] != $1 }.map(\.0)
      #expect(!changed.isEmpty)
      #expect(!changed.contains { $0.contains(still) }, "\(changed)")
    }
  }

  @Test func operationsOfPlayersAddUp() throws {
    let trainer = try Self.tiny(.iteration).trainer(.best)
    let parts = [BenchmarkCase.Unit.criticStep, .generatorStep].map(trainer.operations)
    #expect(parts.allSatisfy { $0 > 0 })
    #expect(trainer.operations(of: .iteration) == parts[0] + parts[1])
  }

  /// Another digest than the recorded one, and requests for memory, are told.
  @Test func faultsAreTold() throws {
    func result(allocations: Double?) -> BenchmarkResult {
      BenchmarkResult(
        name: "tiny", milliseconds: 1, low: 1, high: 1, gigaflops: 1, share: 0.5, peak: 2,
        memory: 30, allocations: allocations, digest: "ab")
    }
    let same = Self.tiny(.criticStep, digest: "ab")
    #expect(same.faults(of: result(allocations: 0)) == [])
    #expect(same.faults(of: result(allocations: nil)) == [])
    let asking = same.faults(of: result(allocations: 0.25))
    #expect(asking == ["one critic step asks 0.25 times for memory, which none may"])
    let other = Self.tiny(.generatorStep, digest: "cd").faults(of: result(allocations: 0))
    #expect(other.count == 1)
    #expect(
      other.first?.hasPrefix(
        "the states after 3 generator steps have the digest ab, but cd is recorded") == true)
  }

  @Test func quantilesInterpolate() {
    #expect([1.0, 2, 3, 4].quantile(0.25) == 1.75)
    #expect([1.0, 2, 3, 4].quantile(0.5) == 2.5)
    #expect([1.0, 2, 6].quantile(0.5) == 2 && [1.0, 2, 6].quantile(0.75) == 4)
    #expect([5.0].quantile(0.25) == 5 && [5.0].quantile(0.75) == 5)
  }

  /// A document is read as it was written, numbers that are not known included.
  @Test func documentsAreReadAgain() throws {
    let result = BenchmarkResult(
      name: "tiny", milliseconds: 1.5, low: 1.25, high: 2, gigaflops: 3, share: 0.25, peak: 12,
      memory: nil, allocations: nil, digest: "ab")
    let text = BenchmarkDocument(kernels: "avx2", threads: 1, cases: [result]).json.canonicalJSON
    #expect(
      text == """
        {"cases":[{"allocations":null,"digest":"ab","gigaflops":3.0,"high":2.0,"low":1.25,\
        "memory":null,"milliseconds":1.5,"name":"tiny","peak":12.0,"share":0.25}],\
        "kernels":"avx2","peak":12.0,"threads":1}
        """)
    let document = try #require(BenchmarkDocument(decoding: text))
    #expect(document.json.canonicalJSON == text)
    #expect(BenchmarkDocument(decoding: "{}") == nil)
  }

  @Test func lostProcessesAreTold() async throws {
    let process = BenchmarkProcess(executable: "/bin/false")
    let error = await #expect(throws: RunnerError.self) {
      try await process.measure("mlp-2x64", seconds: 1, threads: 1)
    }
    #expect(error?.description == "mlp-2x64: not measured: its process ended with status 1")
  }

  /// What is done is counted: two operations per multiply-add, chain and round.
  @Test func peaksCountWhatIsDone() {
    for kernels in availableKernels {
      let once = kernels.multiplyAdd(rounds: 1)
      #expect(once >= 2 * 4 * 8 && kernels.multiplyAdd(rounds: 1000) == 1000 * once)
      #expect(PeakRate.measured(kernels) > 1e7, "\(kernels.name)")
    }
  }
}
