import ArgumentParser

/// How a sweep tells of itself.
struct ProgressOptions: ParsableArguments {
  @Flag(help: "Says nothing but warnings, errors and the result.")
  var quiet = false

  @Flag(
    help: "Writes one JSON object a line and event on standard output, the last one the result.")
  var json = false

  /// The form that the options, and where standard error goes, give.
  var form: Progress.Form {
    if json { return .documents }
    if quiet { return .quiet }
    return StandardError.isTerminal ? .block : .lines
  }
}
