import Foundation
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// The program that draws figures, run in a folder and an environment of its own.
public struct Gnuplot: Sendable {
  /// The program's name, to be found in PATH, or its path.
  public let executable: String

  /// Takes gnuplot from PATH unless told otherwise.
  public init(executable: String = "gnuplot") { self.executable = executable }

  /// Whether the program is there.
  public var isInstalled: Bool {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    let paths =
      executable.contains("/")
      ? [executable] : search.split(separator: ":").map { "\($0)/\(executable)" }
    return paths.contains { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Draws figures in a temporary folder: the bytes of one SVG file per figure, without the
  /// program's version.
  func draw(_ figures: [Figure]) async throws(ReportError) -> [[UInt8]] {
    if figures.isEmpty { return [] }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("saddle-figures-" + UUID().uuidString)
    try Self.files(folder) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    var drawings: [[UInt8]] = []
    for figure in figures { drawings.append(try await draw(figure, in: folder)) }
    return drawings
  }

  private func draw(_ figure: Figure, in folder: URL) async throws(ReportError) -> [UInt8] {
    let script = folder.appendingPathComponent(figure.name + ".gp")
    let drawing = folder.appendingPathComponent(figure.name + ".svg")
    try Self.files(folder) {
      try Data(figure.script.utf8).write(to: script)
      try Data(figure.data.utf8).write(
        to: folder.appendingPathComponent(figure.name + ".dat"))
    }
    try await run(script, figure: figure.name, in: folder)
    let bytes = try Self.files(drawing) { try Data(contentsOf: drawing) }
    return Self.withoutVersion(String(decoding: bytes, as: UTF8.self))
  }

  private func run(_ script: URL, figure: String, in folder: URL) async throws(ReportError) {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    do {
      let result = try await Subprocess.run(
        executable.contains("/") ? .path(FilePath(executable)) : .name(executable),
        arguments: ["-d", script.lastPathComponent],
        environment: .custom([
          "PATH": search, "LC_ALL": "C", "GNUTERM": "svg", "HOME": folder.path,
        ]),
        workingDirectory: FilePath(folder.path),
        output: .discarded, error: .string(limit: 1 << 20))
      guard result.terminationStatus.isSuccess else {
        let words = result.standardError.split(separator: "\n")
          .filter { !$0.contains("degree sign") }  // A remark on the C locale, not an error.
        throw ReportError.gnuplotFailed(
          figure: figure, message: words.suffix(4).joined(separator: " "))
      }
    } catch let error as ReportError {
      throw error
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .gnuplotMissing
    } catch {
      throw .gnuplotFailed(figure: figure, message: "\(error)")
    }
  }

  /// The drawing without the version of the program, which says nothing of the experiment.
  private static func withoutVersion(_ svg: String) -> [UInt8] {
    Array(svg.replacing(/Produced by GNUPLOT [^<]*/, with: "Produced by gnuplot").utf8)
  }

  private static func files<Result>(
    _ url: URL, _ body: () throws -> Result
  ) throws(ReportError) -> Result {
    do {
      return try body()
    } catch {
      throw .fileSystem(path: url.path, reason: error.localizedDescription)
    }
  }
}
