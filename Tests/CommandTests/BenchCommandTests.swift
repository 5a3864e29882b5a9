import Foundation
import Runner
import Testing

@testable import saddle

/// What `bench` measures, checks and refuses.
@Suite(.needsCommand, .tags(.command)) struct BenchCommandTests {
  private struct Document: Decodable {
    struct Case: Decodable {
      let name: String
      let milliseconds, low, high, gigaflops, share: Double
      let memory, allocations: Double?
      let digest: String
    }

    let kernels: String
    let threads: Int
    let peak: Double
    let cases: [Case]
  }

  private func document(_ output: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(output.utf8))
  }

  @Test func oneCaseAsJSON() async throws {
    let space = try Workspace()
    let arguments = ["bench", "--only", "mlp-2x64", "--exact", "--json", "--seconds", "0.01"]
    let fast = try await space.saddle(arguments)
    #expect(fast.status == 0 && fast.errors.isEmpty, "\(fast.errors)")
    let one = try document(fast.output)
    let measured = try #require(one.cases.first)
    #expect(one.cases.count == 1 && measured.name == "mlp-2x64" && one.threads == 1)
    #expect(measured.milliseconds > 0 && measured.share < 1.05 && one.peak > 0)
    #expect(measured.low <= measured.milliseconds && measured.milliseconds <= measured.high)
    let portable = try await space.saddle(arguments, environment: ["SADDLE_ISA": "portable"])
    #expect(portable.status == 0, "\(portable.errors)")
    let other = try document(portable.output)
    #expect(other.kernels == "portable" && other.cases.first?.digest == measured.digest)
    #expect(other.peak < one.peak || one.kernels == "portable")
  }

  /// Cases in processes of their own, as a table that fits.
  @Test func severalCasesAsTable() async throws {
    let space = try Workspace()
    let result = try await space.saddle("bench", "--only", "mlp-3x128", "--seconds", "0.01")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(result.output)")
    #expect(lines[0].hasPrefix("case ") && lines[0].contains("median ms"))
    #expect(lines[1].hasPrefix("mlp-3x128 ") && lines[2].hasPrefix("mlp-3x128-wgan-gp "))
    #expect(Set(lines[..<3].map(\.count)).count == 1, "\(result.output)")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines[3].contains(" kernels, 1 thread; "))
  }

  /// All cases fit into 100 columns, and what matters most into fewer.
  @Test func narrowTerminalsHaveFewerColumns() {
    func header(_ columns: Int?) -> String {
      BenchTable(names: benchmarkTable.map(\.name), columns: columns).header
    }
    #expect(header(nil).count <= 100 && header(nil).hasSuffix(" digest"))
    #expect(header(100) == header(nil))
    #expect(header(80).count <= 80 && header(80).contains("quartiles ms"))
    #expect(!header(80).contains("allocations"))
    #expect(header(50).count <= 50 && header(50).hasSuffix("of peak"))
    #expect(header(10) == header(50))
  }

  @Test func mistakes() async throws {
    let space = try Workspace()
    let unknown = try await space.saddle("bench", "--only", "mpl")
    #expect(unknown.status == 2 && unknown.output.isEmpty)
    #expect(unknown.errors.contains("no case 'mpl'; there are mlp-2x64, "))
    let part = try await space.saddle("bench", "--only", "mlp", "--exact")
    #expect(part.status == 2 && part.errors.contains("no case 'mlp'; there are mlp-2x64, "))
    let lone = try await space.saddle("bench", "--exact")
    #expect(lone.status == 2 && lone.errors.contains("--exact needs --only"))
    for seconds in ["0", "-1", "nan", "inf", "3601"] {
      let result = try await space.saddle("bench", "--seconds=\(seconds)")
      #expect(result.status == 2 && result.errors.contains("--seconds must be above 0"))
    }
    let kernels = try await space.saddle("bench", environment: ["SADDLE_ISA": "mmx"])
    #expect(kernels.status == 2 && kernels.errors.contains("SADDLE_ISA: no instruction set 'mmx'"))
  }
}
