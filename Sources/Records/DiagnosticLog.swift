import OrderedCollections

/// Collects everything that is wrong with a file, so that it is reported at once and each thing
/// once.
final class DiagnosticLog {
  private var diagnostics: OrderedSet<Diagnostic> = []
  private(set) var hasErrors = false

  func error(_ place: Place, _ message: String) {
    diagnostics.append(Diagnostic(place, message))
    hasErrors = true
  }

  func warning(_ place: Place, _ message: String) {
    diagnostics.append(Diagnostic(place, message, severity: .warning))
  }

  /// The warnings, in the order in which they were found.
  var warnings: [Diagnostic] { diagnostics.filter { $0.severity == .warning } }

  /// Throws every error at once: options first, then each file from top to bottom, files in the
  /// order in which something was first said of them.
  func throwIfFailed() throws(RecordsError) {
    guard hasErrors else { return }
    let files = OrderedSet(diagnostics.map(\.file))
    let errors = diagnostics.enumerated().filter { $0.element.severity == .error }
    let sorted = errors.sorted {
      Self.key($0, files).lexicographicallyPrecedes(Self.key($1, files))
    }
    throw .invalid(sorted.map(\.element))
  }

  private static func key(
    _ numbered: (offset: Int, element: Diagnostic), _ files: OrderedSet<String>
  ) -> [Int] {
    let diagnostic = numbered.element
    return [
      diagnostic.line == 0 ? 0 : 1, files.firstIndex(of: diagnostic.file) ?? 0, diagnostic.line,
      diagnostic.column, numbered.offset,
    ]
  }
}
