import ArgumentParser
import Records

/// What of an experiment is meant, and how it is computed.
struct SelectionOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Changes a setting: key=value. A sweep is ad hoc then and overwrites no report.")
  var set: [String] = []

  @Option(
    parsing: .singleValue,
    help:
      "Keeps the arms with these labels, axis=label,…, or the included arm of this name (ad hoc).")
  var only: [String] = []

  @Option(help: "The number of seeds, or a list: 0,1,5 (ad hoc).")
  var seeds: String?

  @Flag(help: "Computes in Float64 with the reference executor: slow, for small experiments.")
  var reference = false

  /// What is changed in the experiment's file.
  var overrides: Overrides { Overrides(set: set, only: only, seeds: seeds) }

  /// Whether the experiment is meant as its file has it, computed as usual.
  var isEmpty: Bool { overrides.isEmpty && !reference }

  /// The options as arguments.
  var arguments: [String] {
    self.set.flatMap { Shell.option("--set", $0) } + only.flatMap { Shell.option("--only", $0) }
      + (seeds.map { Shell.option("--seeds", $0) } ?? []) + (reference ? ["--reference"] : [])
  }
}
