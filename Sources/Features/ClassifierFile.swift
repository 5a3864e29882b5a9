import Arrays
import Crypto

/// A classifier's weights as a file of safetensors: names and layouts as in PyTorch's `state_dict`.
///
/// A convolution's weight is `[out, in, height, width]`, and the inputs of the first linear layer are in the order of
/// channel, row, column; both are channels last in the engine.
public struct ClassifierFile: Sendable {
  /// The bytes, a function of the weights and of the name alone.
  public let bytes: [UInt8]

  /// SHA-256 of the bytes, 64 hexadecimal digits.
  public var digest: String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Wraps the bytes of a file.
  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Encodes weights.
  ///
  /// - Parameters:
  ///   - name: what the classifier was trained on; kept in the file's metadata.
  ///   - weights: in the order of the network's parameters.
  init(_ name: String, _ network: LeNet, _ weights: [NamedArray]) {
    let entries = zip(network.parameters, weights).map { parameter, weight in
      let layout = Self.layout(parameter, network)
      let permuted = permuted(weight.array, as: layout.engine, by: layout.toFile)
      let shape = parameter.shape.count == 4 ? permuted.shape : parameter.shape
      return Safetensors.Entry(
        weight.name, .float32(HostArray(shape: shape, elements: permuted.elements)))
    }
    bytes = Safetensors(entries, metadata: ["trained-on": name]).encoded()
  }

  /// The weights in the engine's layout.
  ///
  /// - Throws: `ArrayFileError` when the file is damaged or holds other arrays.
  func weights(_ network: LeNet, file: String) throws(ArrayFileError) -> [NamedArray] {
    let arrays = try Safetensors(decoding: bytes, file: file)
    var weights: [NamedArray] = []
    for parameter in network.parameters {
      let layout = Self.layout(parameter, network)
      let fileShape = layout.toFile.map { layout.engine[$0] }
      guard case .float32(let array)? = arrays[parameter.name],
        array.elements.count == fileShape.reduce(1, *)
      else {
        throw ArrayFileError(
          file: file, reason: "no array '\(parameter.name)' of Float32 for \(parameter.shape)")
      }
      let toEngine = layout.toFile.indices.map { axis in
        layout.toFile.firstIndex(of: axis) ?? axis
      }
      let engine = permuted(array, as: fileShape, by: toEngine)
      weights.append(
        (parameter.name, HostArray(shape: parameter.shape, elements: engine.elements)))
    }
    return weights
  }

  /// The engine's axes of a parameter, and the order in which the file has them.
  private static func layout(
    _ parameter: LeNet.Parameter, _ network: LeNet
  ) -> (engine: [Int], toFile: [Int]) {
    let channelsFirst = [0, 3, 1, 2]
    if parameter.shape.count == 4 { return (parameter.shape, channelsFirst) }
    let (size, maps) = (network.mapSize, network.mapCount)
    if parameter.shape.count == 2, parameter.shape[1] == size * size * maps {
      return ([parameter.shape[0], size, size, maps], channelsFirst)
    }
    return (parameter.shape, Array(parameter.shape.indices))
  }
}

/// The array with its elements seen as `shape`, whose axis `axes[d]` becomes axis `d`.
private func permuted(
  _ array: HostArray<Float>, as shape: [Int], by axes: [Int]
) -> HostArray<Float> {
  var strides = shape.map { _ in 1 }
  for axis in shape.indices.dropLast().reversed() {
    strides[axis] = strides[axis + 1] * shape[axis + 1]
  }
  let target = axes.map { shape[$0] }
  let elements = array.elements.indices.map { position in
    var (rest, offset) = (position, 0)
    for axis in target.indices.reversed() {
      offset += rest % target[axis] * strides[axes[axis]]
      rest /= target[axis]
    }
    return array.elements[offset]
  }
  return HostArray(shape: target, elements: elements)
}
