import ArgumentParser
import Features
import Foundation
import Runner

struct ClassifierVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares the built-in weights with their sums, and tests them on held-out images.",
    discussion: """
      Needs the data set's files, except for 'glyphs', which are drawn. Ends with status 5 when a \
      sum, or the number of images that are taken for another class, is not what it should be.
      """)

  @Argument(help: "A data set whose classifier is checked; all of them without it.")
  var name: String?

  func run() throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let classifiers = try name.map { [try Classifier(named: $0)] } ?? Classifier.all
    var isIntact = true
    for classifier in classifiers {
      let file = classifier.file
      let test = try classifier.tested(
        file, dataFolder: settings.dataFolder, kernels: settings.kernels)
      var faults: [String] = []
      if file.digest != classifier.digest {
        faults.append("its sum is \(file.digest), not \(classifier.digest)")
      }
      if test.errors != classifier.errors {
        faults.append("\(classifier.errors) wrong were recorded")
      }
      isIntact = isIntact && faults.isEmpty
      let verdict = faults.isEmpty ? "as recorded" : "damaged: " + faults.joined(separator: "; ")
      StandardOutput.print(
        "\(classifier.name): \(test.text), sum \(file.digest.prefix(12)): \(verdict)")
    }
    if !isIntact { throw ExitCode(ExitStatus.mismatch.rawValue) }
  }
}
