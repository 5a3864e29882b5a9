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
  public var isInstalled: Bool { path != nil }

  /// The program's whole path; nil where it is not there.
  private var path: String? {
    let paths =
      executable.contains("/")
      ? [executable] : Self.search.split(separator: ":").map { "\($0)/\(executable)" }
    return paths.first { FileManager.default.isExecutableFile(atPath: $0) && !Self.isFolder($0) }
      .map { URL(fileURLWithPath: $0).path }
  }

  /// The folders in which programs are looked for.
  private static var search: String {
    ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Draws figures in a temporary folder, on each core one at a time: the bytes of one SVG file per figure, without
  /// the program's version.
  ///
  /// - Throws: the error of the first figure that has one.
  func draw(_ figures: [Figure]) async throws(ReportError) -> [[UInt8]] {
    if figures.isEmpty { return [] }
    guard let path else { throw .gnuplotMissing }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("saddle-figures-" + UUID().uuidString)
    try Self.files(folder) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let drawings = await withTaskGroup(of: (Int, Result<[UInt8], ReportError>).self) { group in
      var drawings = figures.map { _ in Result<[UInt8], ReportError>.success([]) }
      for (index, figure) in figures.enumerated() {
        if index >= ProcessInfo.processInfo.activeProcessorCount,
          let (done, drawing) = await group.next()
        {
          drawings[done] = drawing
        }
        group.addTask { (index, await draw(figure, by: path, in: folder)) }
      }
      for await (done, drawing) in group { drawings[done] = drawing }
      return drawings
    }
    return try drawings.map { drawing throws(ReportError) in try drawing.get() }
  }

  private func draw(
    _ figure: Figure, by path: String, in folder: URL
  ) async -> Result<[UInt8], ReportError> {
    do throws(ReportError) {
      return .success(try await drawing(figure, by: path, in: folder))
    } catch {
      return .failure(error)
    }
  }

  private func drawing(
    _ figure: Figure, by path: String, in folder: URL
  ) async throws(ReportError) -> [UInt8] {
    let script = folder.appendingPathComponent(figure.name + ".gp")
    let drawing = folder.appendingPathComponent(figure.name + ".svg")
    try Self.files(folder) {
      try Data(figure.script.utf8).write(to: script)
      try Data(figure.data.utf8).write(
        to: folder.appendingPathComponent(figure.name + ".dat"))
    }
    try await run(path, script, figure: figure.name, in: folder)
    let bytes = try Self.files(drawing) { try Data(contentsOf: drawing) }
    return Self.withoutVersion(String(decoding: bytes, as: UTF8.self))
  }

  private func run(
    _ path: String, _ script: URL, figure: String, in folder: URL
  ) async throws(ReportError) {
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)),
        arguments: ["-d", script.lastPathComponent],
        environment: .custom([
          "PATH": Self.search, "LC_ALL": "C", "GNUTERM": "svg", "HOME": folder.path,
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
