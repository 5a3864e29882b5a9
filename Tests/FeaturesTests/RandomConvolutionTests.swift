import Arrays
import Catalog
import Testing

@testable import Features

@Suite("Random convolutional features")
struct RandomConvolutionTests {
  /// One stride-2 convolution of 3 × 3 with a frame of zeros and the rectifier, summed directly in Float64.
  static func level(_ image: HostArray<Double>, _ weight: HostArray<Double>) -> HostArray<Double> {
    let (height, width, inputs) = (image.shape[0], image.shape[1], image.shape[2])
    let (rows, columns) = ((height + 1) / 2, (width + 1) / 2)
    var result: [Double] = []
    for i in 0..<rows {
      for j in 0..<columns {
        for output in 0..<weight.shape[0] {
          var sum = 0.0
          for a in 0..<3 {
            for b in 0..<3 {
              let (y, x) = (2 * i + a - 1, 2 * j + b - 1)
              guard (0..<height).contains(y), (0..<width).contains(x) else { continue }
              for c in 0..<inputs {
                sum +=
                  image.elements[(y * width + x) * inputs + c]
                  * weight.elements[((output * 3 + a) * 3 + b) * inputs + c]
              }
            }
          }
          result.append(sum > 0 ? sum : 0.2 * sum)
        }
      }
    }
    return HostArray(shape: [rows, columns, weight.shape[0]], elements: result)
  }

  @Test(
    "Features are the means of each level, by direct sums", arguments: [[8, 8, 1], [11, 9, 3]])
  func directSums(_ shape: [Int]) throws {
    let images = patterned([2] + shape)
    let extractor = try fitted("random-convolution", ["width": .integer(4)], to: images)
    #expect(extractor.outputShape == [4 + 8 + 16])
    let features = try extractor(images)
    for row in 0..<2 {
      var level = HostArray(shape: shape, elements: images.row(row).map(Double.init))
      var expected: [Double] = []
      for weight in extractor.constants {
        level = Self.level(level, weight)
        let pixels = level.shape[0] * level.shape[1]
        let channels = level.shape[2]
        expected += (0..<channels).map { channel in
          (0..<pixels).reduce(0) { $0 + level.elements[$1 * channels + channel] } / Double(pixels)
        }
      }
      #expect(zip(features.row(row), expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test("Weights have the variance that keeps the scale of rectified maps")
  func weights() throws {
    let extractor = try fitted("random-convolution", to: patterned([1, 16, 16, 3]))
    #expect(
      extractor.constants.map(\.shape) == [[32, 3, 3, 3], [64, 3, 3, 32], [128, 3, 3, 64]])
    for weight in extractor.constants {
      let fanIn = Double(weight.rowCount)
      let variance = weight.elements.reduce(0) { $0 + $1 * $1 } / Double(weight.elements.count)
      // Four standard deviations of the estimate from n normal numbers, √(2/n) relatively.
      let tolerance = 4 * (2 / Double(weight.elements.count)).squareRoot()
      #expect(abs(variance * fanIn * 1.04 / 2 - 1) < tolerance)
    }
  }

  @Test("The same bits under every instruction set, and for any number of images")
  func instructionSets() throws {
    let images = patterned([130, 12, 12, 3])
    let all = try availableKernels.map {
      try fitted("random-convolution", to: images, kernels: $0)(images)
    }
    #expect(all.allSatisfy { $0 == all[0] })
    let few = HostArray(shape: [3, 12, 12, 3], elements: Array(images.elements[..<(3 * 432)]))
    let extractor = try fitted("random-convolution", to: images)
    #expect(try extractor(few).elements == Array(all[0].elements[..<(3 * 224)]))
  }

  @Test("Another seed is another network")
  func seeds() throws {
    let images = patterned([4, 8, 8, 1])
    let features = try [0, 0, 1].map {
      try fitted("random-convolution", ["seed": .integer($0)], to: images)(images)
    }
    #expect(features[0] == features[1] && features[0] != features[2])
  }

  @Test(
    "Points, small images and other channels are refused", arguments: [[2], [7, 8, 1], [8, 8, 2]])
  func refusals(_ shape: [Int]) {
    let error = #expect(throws: FeatureError.self) {
      try fitted("random-convolution", to: patterned([5] + shape), of: "some")
    }
    #expect(error?.description.contains("samples of some are") == true)
    #expect(error?.description.contains("use raw or pca") == true)
  }
}
