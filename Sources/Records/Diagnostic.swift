/// A position in a file, or a file as a whole, or an option of the command line.
public struct Place: Hashable, Sendable {
  /// The file as it was named, or an option as it was written, for example `--set train.steps=10`.
  public let file: String
  /// The line from 1; 0 where the place has no position.
  public let line: Int
  /// The column from 1, counted in Unicode scalars; 0 where the place has no position.
  public let column: Int

  /// A position in a file.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// A file as a whole, or an option of the command line.
  public init(file: String) { self.init(file: file, line: 0, column: 0) }
}

extension Place: CustomStringConvertible {
  /// `file:line:column`, or the file alone where there is no position.
  public var description: String { line > 0 ? "\(file):\(line):\(column)" : file }
}

/// One sentence about one place in a file.
public struct Diagnostic: Hashable, Sendable {
  /// Whether work can go on.
  public enum Severity: String, Sendable, CaseIterable {
    /// The file cannot be used.
    case error
    /// The file can be used, but something in it is doubtful.
    case warning
  }

  /// Where.
  public let place: Place
  /// What is wrong and what to do, without a final full stop.
  public let message: String
  /// Whether work can go on.
  public let severity: Severity

  /// Makes a diagnostic.
  public init(_ place: Place, _ message: String, severity: Severity = .error) {
    self.place = place
    self.message = message
    self.severity = severity
  }

  /// The file as it was named.
  public var file: String { place.file }
  /// The line from 1; 0 where there is none.
  public var line: Int { place.line }
  /// The column from 1; 0 where there is none.
  public var column: Int { place.column }
}

extension Diagnostic: CustomStringConvertible {
  /// `file:line:column: message`, with `warning: ` before the message of a warning.
  public var description: String {
    "\(place): " + (severity == .warning ? "warning: " : "") + message
  }
}

/// What can go wrong with experiment files, the store and report folders.
public enum RecordsError: Error, Hashable {
  /// Files or options that cannot be used: everything that is wrong with them, in the order of the
  /// files.
  case invalid([Diagnostic])
  /// The system refused to read or write: what was tried on which path, and the system's reason.
  case inputOutput(action: String, path: String, reason: String)
}

extension RecordsError: CustomStringConvertible {
  /// One line per diagnostic, or the path with the reason.
  public var description: String {
    switch self {
    case .invalid(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
    case .inputOutput(let action, let path, let reason): "\(path): cannot \(action): \(reason)"
    }
  }
}
