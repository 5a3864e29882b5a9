import ArgumentParser
import Features

struct ClassifierCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Checks the built-in classifiers, or trains one again.",
    discussion: """
      The features 'classifier' and metrics such as 'classifier-score' use small convolutional \
      networks that come with this program, one for each of some data sets. Its own engine has \
      trained them, so anyone can make their weights again, to the last bit.
      """,
    subcommands: [ClassifierVerifyCommand.self, ClassifierTrainCommand.self])
}

extension Classifier {
  /// The classifier of a name.
  ///
  /// - Throws: `UsageError` where there is none.
  init(named name: String) throws {
    guard let classifier = Self.all.first(where: { $0.name == name }) else {
      let names = Self.all.map(\.name).joined(separator: ", ")
      throw UsageError("no classifier '\(name)'; there are \(names)")
    }
    self = classifier
  }
}
