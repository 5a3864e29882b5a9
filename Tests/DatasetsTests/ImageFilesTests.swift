import Arrays
import Catalog
import Datasets
import Foundation
import Testing

private let dataFolder = ProcessInfo.processInfo.environment["SADDLE_DATA"]

private func hasFolder(_ name: String) -> Bool {
  dataFolder.map { FileManager.default.fileExists(atPath: "\($0)/\(name)") } ?? false
}

/// The sum of the bytes that pixels in [−1, 1] came from.
private func byteSum(_ pixels: some Sequence<Float>) -> Int {
  pixels.reduce(0) { $0 + Int((($1 + 1) * 127.5).rounded()) }
}

@Suite struct ImageFilesTests {
  @Test(.enabled(if: hasFolder("mnist"), "SADDLE_DATA names no folder with mnist/"))
  func mnist() throws {
    let folder = try #require(dataFolder)
    let labels = try IDX.read(contentsOf: folder + "/mnist/train-labels-idx1-ubyte.gz")
    #expect(labels.elements.prefix(10) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    let images = try IDX.read(contentsOf: folder + "/mnist/train-images-idx3-ubyte.gz")
    #expect(images.shape == [60_000, 28, 28])
    let sums = (0..<5).map { images.row($0).reduce(0) { $0 + Int($1) } }
    #expect(sums == [27_525, 31_095, 19_443, 17_135, 23_214])

    let data = try dataset(.text("mnist"), dataFolder: folder)
    #expect(data.trainingCount == 60_000)
    #expect(data.digest == "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a")
    let heldOut = data.evaluationSamples(count: 10_000, split: .heldOut, seed: 1)
    #expect(heldOut.shape == [10_000, 28, 28, 1])
    #expect(byteSum(heldOut.elements) == 264_923_200)
    #expect(heldOut.elements.min() == -1)
    #expect(heldOut.elements.max() == 1)
    let batch = data.minibatch(batch: 60_000, step: 0)
    #expect(byteSum(batch) == 1_567_298_545)
  }

  @Test(.enabled(if: hasFolder("mnist"), "SADDLE_DATA names no folder with mnist/"))
  func threesOfMNIST() throws {
    let value: Value = .map(["name": .text("mnist"), "digits": .list([.integer(3)])])
    let data = try dataset(value, dataFolder: dataFolder)
    #expect(data.trainingCount == 6131)
    let heldOut = data.evaluationSamples(count: 10_000, split: .heldOut, seed: 1)
    #expect(heldOut.rows == 1010)
    #expect(byteSum(heldOut.elements) == 28_936_088)
  }

  @Test(
    .enabled(if: hasFolder("fashion-mnist"), "SADDLE_DATA names no folder with fashion-mnist/"))
  func fashionMNIST() throws {
    let data = try dataset(.text("fashion-mnist"), dataFolder: dataFolder)
    #expect(data.digest == "14410854cf7a289477dcfc7df3f8ec24741e281cdcc425ede0d9a748ca630214")
    let heldOut = data.evaluationSamples(count: 10_000, split: .heldOut, seed: 1)
    #expect(byteSum(heldOut.elements) == 573_469_082)
  }

  @Test(.enabled(if: hasFolder("digits"), "SADDLE_DATA names no folder with digits/"))
  func digits() throws {
    let data = try dataset(.text("digits"), dataFolder: dataFolder)
    #expect(data.digest == "0c15613234b52b46745ed3c2fd023558bbfab67ddeaa3aea7646b77904f05404")
    #expect(data.sampleShape == [8, 8, 1])
    #expect(data.trainingCount == 3823)
    let heldOut = data.evaluationSamples(count: 10_000, split: .heldOut, seed: 1)
    #expect(heldOut.shape == [1797, 8, 8, 1])
    #expect(heldOut.elements.reduce(0) { $0 + Int(($1 + 1) * 8) } == 561_718)
    let threes: Value = .map(["name": .text("digits"), "digits": .list([.integer(3)])])
    #expect(try dataset(threes, dataFolder: dataFolder).trainingCount == 389)
  }

  @Test(.enabled(if: hasFolder("cifar-10"), "SADDLE_DATA names no folder with cifar-10/"))
  func cifar10() throws {
    let data = try dataset(.text("cifar-10"), dataFolder: dataFolder)
    #expect(data.trainingCount == 50_000)
    let heldOut = data.evaluationSamples(count: 10_000, split: .heldOut, seed: 1)
    #expect(byteSum(heldOut.elements) == 3_733_375_634)
    let labels = data.evaluationLabels(count: 10_000, split: .heldOut, seed: 1) ?? []
    #expect((0..<10).allSatisfy { label in labels.count { $0 == label } == 1000 })
  }
}
