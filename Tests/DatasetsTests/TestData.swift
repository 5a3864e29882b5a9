import Arrays
import Catalog
import Datasets
import Foundation
import Testing

/// The data set that an experiment file's text for `data` names.
func dataset(_ value: Value, dataFolder: String? = nil) throws -> Dataset {
  let complete = ParameterType.entry(Datasets.table.description).complete(value)
  let (entry, arguments) = Datasets.table.selection(complete)
  return try entry.body(arguments, dataFolder)
}

/// The message of the error that making a data set throws.
func refusal(_ value: Value, dataFolder: String?) -> String? {
  do {
    _ = try dataset(value, dataFolder: dataFolder)
    return nil
  } catch let error as DatasetError {
    return error.description
  } catch {
    Issue.record("an error of another type: \(error)")
    return nil
  }
}

/// What is wrong with settings whatever the data are.
func objection(to value: Value) throws -> String? {
  let complete = ParameterType.entry(Datasets.table.description).complete(value)
  let name = try #require(complete["name"]?.asText)
  let entry = try #require(Datasets.table[name])
  return entry.description.check(Arguments(complete.asMap ?? [:]))
}

extension Dataset {
  /// The minibatch of a step from a new source.
  func minibatch(seed: UInt64 = 1, batch: Int, step: Int) -> [Float] {
    batches(seed: seed, batch: batch).minibatch(step, of: batch * sampleShape.reduce(1, *))
  }
}

extension BatchSource {
  /// The minibatch of a step, `count` elements.
  func minibatch(_ step: Int, of count: Int) -> [Float] {
    var elements = [Float](repeating: .nan, count: count)
    elements.withUnsafeMutableBufferPointer { fill($0, step: step) }
    return elements
  }
}

/// The bytes of an IDX file.
func idx(_ shape: [Int], _ elements: [UInt8]) -> [UInt8] {
  let extents = shape.flatMap { extent in
    (0..<4).map { UInt8(truncatingIfNeeded: extent >> (24 - 8 * $0)) }
  }
  return [0, 0, 8, UInt8(shape.count)] + extents + elements
}

/// A temporary folder of data with a folder `mnist` in it, removed with the value.
final class DataFolder {
  let path = NSTemporaryDirectory() + "saddle-data-\(UUID().uuidString)"

  /// Image i of the training set is filled with byte i and of class i mod 10; those held out begin with byte 200.
  init(training: Int, heldOut: Int) throws {
    try FileManager.default.createDirectory(
      atPath: path + "/mnist", withIntermediateDirectories: true)
    for (prefix, count, first) in [("train", training, 0), ("t10k", heldOut, 200)] {
      let images = (0..<count).flatMap { [UInt8](repeating: UInt8(first + $0), count: 784) }
      try write(idx([count, 28, 28], images), "\(prefix)-images-idx3-ubyte")
      try write(idx([count], (0..<count).map { UInt8($0 % 10) }), "\(prefix)-labels-idx1-ubyte")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: [UInt8], _ name: String, in folder: String = "mnist") throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(folder)/\(name)"))
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(path)/mnist/\(name)")
  }
}
