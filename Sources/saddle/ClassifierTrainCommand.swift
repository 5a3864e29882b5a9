import ArgumentParser
import Features
import Foundation
import Records
import Reporting
import Runner

struct ClassifierTrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a classifier from scratch and writes its weights.",
    discussion: """
      The weights are a function of the data alone: they are compared with the built-in ones, which \
      must be the same bits on every machine. Takes about a minute on one core.
      """)

  @Argument(help: "A data set that there is a classifier of.")
  var name: String

  @Option(help: "The folder, which must exist, in which NAME.safetensors is written.")
  var into = "."

  func run() throws {
    let settings = try Settings(environment: ProcessInfo.processInfo.environment)
    let classifier = try Classifier(named: name)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: into, isDirectory: &isFolder), isFolder.boolValue,
      FileManager.default.isWritableFile(atPath: into)
    else {
      // Known before a minute of training rather than after it.
      throw RecordsError.inputOutput(
        action: "write weights", path: into, reason: "it is no folder that can be written")
    }
    let training = try ClassifierTraining(
      classifier, dataFolder: settings.dataFolder, kernels: settings.kernels)
    train(training)
    let file = training.file
    let path = "\(into)/\(name).safetensors"
    try AtomicFile.write(file.bytes, to: path)
    let test = try classifier.tested(
      file, dataFolder: settings.dataFolder, kernels: settings.kernels)
    let relation =
      file.digest == classifier.digest ? "the built-in weights" : "other weights than the built-in"
    StandardOutput.print(
      """
      \(name): \(test.text) of the held-out images
      sum \(file.digest): \(relation)
      wrote \(path)
      """)
  }

  /// Takes all steps, and tells how they go: on a terminal in one line, elsewhere ten times.
  private func train(_ training: ClassifierTraining) {
    let count = ClassifierTraining.stepCount
    var block = TerminalBlock()
    let interval = StandardError.isTerminal ? 20 : count / 10
    var loss = 0.0
    let start = Date()
    while training.step < count {
      loss += training.advance() / Double(interval)
      guard training.step.isMultiple(of: interval) else { continue }
      let left =
        Date().timeIntervalSince(start) * Double(count - training.step) / Double(training.step)
      let line = TerminalLine(
        "\(name) · step \(training.step)/\(count) · cross-entropy \(NumberText.significant(loss)) · "
          + "\(TimeText.text(left)) left")
      if StandardError.isTerminal {
        block.draw([line])
      } else {
        StandardError.print(line.rendered(columns: .max, isColoured: false))
      }
      loss = 0
    }
    block.erase()
  }
}
