import Foundation
import Testing

/// Help, images, and names that are made to do harm.
@Suite(.needsCommand, .tags(.command)) struct OtherCommandTests {
  @Test func helpIsNoError() async throws {
    let space = try Workspace()
    for arguments in [["--help"], ["sweep", "--help"], ["help", "report"], []] {
      let result = try await space.saddle(arguments)
      #expect(result.status == 0)
      #expect(result.output.contains("USAGE: saddle"))
      #expect(result.errors.isEmpty)
      #expect(!result.output.contains("  worker "))
    }
  }

  /// A picture of 8 × 8 images of 28 pixels shows each at twice its size at least.
  @Test func picturesAreLargeEnough() async throws {
    let text = Workspace.tiny.replacing("ring8", with: "mnist")
      .replacing("generator: {hidden: [8]}", with: "generator: {hidden: [8], output: tanh}")
      .replacing("seeds: 3", with: "seeds: 1")
    let space = try Workspace([
      "tiny": text.replacing(
        "reference: 128", with: "reference: 80, features: {name: pca, components: 4}")
    ])
    try space.writeDigitImages()
    let result = try await space.saddle(
      "sweep", "tiny", environment: ["SADDLE_DATA": "\(space.path)/data"])
    try #require(result.status == 0, "\(result.errors)")
    let grids = try space.contents("reports/tiny").filter { $0.key.hasSuffix(".png") }
    #expect(grids.count == 3 + 2 * 3)
    for (name, bytes) in grids {
      let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
      let columns = name.contains("neighbours") ? 4 : 8
      #expect(width >= columns * 56 && width < 8 * 64, "\(name): \(width)")
    }
    // The check needs no data.
    #expect(try await space.saddle("report", "tiny", "--check").status == 0)
    // A store without galleries is completed without training.
    let store = try space.contents("results")
    for name in store.keys where name.hasSuffix("gallery.json") {
      let folder = URL(fileURLWithPath: "\(space.path)/results/\(name)").deletingLastPathComponent()
      try FileManager.default.removeItem(at: folder)
    }
    let again = try await space.saddle(
      "sweep", "tiny", environment: ["SADDLE_DATA": "\(space.path)/data"])
    #expect(again.status == 0 && again.errors.contains("2 to measure"), "\(again.errors)")
    #expect(try space.contents("results") == store)
    #expect(try space.contents("reports/tiny").filter { $0.key.hasSuffix(".png") } == grids)
  }

  static let hostile = "$(touch pwned) `touch pwned` '\"\\ <script>&|*_{x} %s"

  /// Words of a file reach shells, gnuplot, XML, Markdown and the terminal as words.
  @Test func hostileNames() async throws {
    let label = Self.hostile.replacing("'", with: "''")
    let text = Workspace.tiny.replacing("none", with: "'\(label)'")
      .replacing("    r1:", with: "    \"\\e[31mred\\tand; system('touch pwned')\":")
      .replacing("Does a penalty help?", with: "'\(label)'")
    let name = "$(touch pwned) `x` ' \" ; &"
    let space = try Workspace([name: text])
    let result = try await space.saddle("sweep", name, "--jobs", "2")
    #expect(result.status == 0, "\(result.errors)")
    #expect(!result.errors.contains("\u{1B}"))
    #expect(space.exists("reports/\(name)/README.md"))
    #expect(!space.exists("pwned"))
    let files = try space.contents("reports")
    for (file, bytes) in files where file.hasSuffix(".svg") || file.hasSuffix(".md") {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<script>"), "\(file)")
      #expect(!text.contains("\u{1B}"), "\(file)")
    }
    #expect(files.keys.contains { $0.hasSuffix(".svg") })
    let again = try await space.saddle("report", name, "--check")
    #expect(again.status == 0, "\(again.errors)")
    let plan = try await space.saddle("plan", name)
    #expect(plan.status == 0)
    #expect(!plan.output.contains("\u{1B}"))
    #expect(!space.exists("pwned") && !space.exists("reports/\(name)/pwned"))
  }
}
