/// Text for a shell to read.
enum Shell {
  /// Arguments as one types them: in quotes where they hold more than letters, digits and a few marks.
  static func words(_ arguments: [String]) -> String {
    arguments.map { argument in
      argument.wholeMatch(of: /[A-Za-z0-9_.,=\/+\-]+/) != nil
        ? argument : "'\(argument.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }

  /// An option with its value as arguments; a value that looks like an option is tied to its name.
  static func option(_ name: String, _ value: String) -> [String] {
    value.hasPrefix("-") ? ["\(name)=\(value)"] : [name, value]
  }
}
