import Arrays
import Catalog
import Datasets
import Engine
import Features
import Foundation

/// The kernels of every instruction set that this machine has; `portable` is always there.
let availableKernels: [Kernels] = Kernels.allNames.compactMap { Kernels(named: $0) }

/// The folder of data files; nil where SADDLE_DATA is not set.
let dataFolder = ProcessInfo.processInfo.environment["SADDLE_DATA"]

/// The data set that an experiment file's text for `data` names.
func dataset(_ name: String, _ settings: ValueMap = [:]) throws -> Dataset {
  let value: Value = .map(settings.merging(["name": .text(name)]) { $1 })
  let complete = ParameterType.entry(Datasets.table.description).complete(value)
  let (entry, arguments) = Datasets.table.selection(complete)
  return try entry.body(arguments, dataFolder)
}

/// An extractor fitted to samples as an experiment file names it.
func fitted(
  _ name: String, _ settings: ValueMap = [:], to samples: HostArray<Float>,
  of dataset: String = "test", kernels: Kernels = .best
) throws -> FittedExtractor {
  let value: Value = .map(settings.merging(["name": .text(name)]) { $1 })
  let complete = ParameterType.entry(featureTable.description).complete(value)
  let (entry, arguments) = featureTable.selection(complete)
  return try entry.body.fitted(
    to: RealSamples(samples, of: dataset), arguments, kernels: kernels)
}

/// Images without structure that other languages can make too: element i of all is ((i² · 7 + i · 13) mod 256) / 127.5 − 1.
func patterned(_ shape: [Int]) -> HostArray<Float> {
  let elements = (0..<shape.reduce(1, *)).map { index -> Float in
    let byte = (index * index * 7 + index * 13) % 256
    return Float(Double(byte) / 127.5 - 1)
  }
  return HostArray(shape: shape, elements: elements)
}
