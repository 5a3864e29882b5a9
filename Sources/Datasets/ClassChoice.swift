import Catalog

/// The setting that selects some of a data set's classes.
enum ClassChoice {
  /// What is wrong with the list called `name`: a class that it has more than once, since lists of the same classes would
  /// be other settings and their runs others; nil when nothing is.
  static func refusal(_ name: String, _ arguments: Arguments) -> String? {
    var known: Set<Value> = []
    let repeated = arguments.list(name).first { !known.insert($0).inserted }
    return repeated.map { value in
      "'\(name)' has \(value.asText ?? value.canonicalJSON) more than once"
    }
  }
}
