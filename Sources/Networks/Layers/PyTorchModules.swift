import Schedules

/// A network as PyTorch builds it: one module of `torch.nn` per line.
///
/// Modules that PyTorch lacks, such as `Residual`, `VirtualBatchNorm` and those of exact games, go by the names of their own
/// types; `Tests/Golden/torch_modules.py` has them.
extension Network {
  /// The modules of an `nn.Sequential` in order, each with its name there: a layer's is its position, as in the names
  /// of its states, and reshapes that only PyTorch needs have names without a position.
  public var modules: [(name: String, module: String)] {
    var result: [(name: String, module: String)] = []
    var shape = inputShape
    for (position, layer) in layers.enumerated() {
      let modules = layer.modules(for: shape)
      for (index, module) in modules.enumerated() {
        let isLayer = index == modules.count - 1
        result.append((isLayer ? "\(position)" : "before\(position)_\(index)", module))
      }
      shape = layer.outputShape(of: shape)
    }
    let last = reshapes(from: shape, to: outputShape)
    return result + last.enumerated().map { ("output\($0.offset)", $0.element) }
  }
}

extension Layer {
  /// The name of the layer's own type, for one that PyTorch does not have.
  public func modules(for input: [Int]) -> [String] { ["\(Self.self)()"] }
}

/// What turns samples of one shape into those of another one: elements are read channel by channel.
private func reshapes(from input: [Int], to output: [Int]) -> [String] {
  if input == output { return [] }
  let flattening = input.count == 3 ? ["Flatten()"] : []
  return flattening + (output.count == 3 ? ["Unflatten(1, \(channelsFirst(output)))"] : [])
}

/// A shape of maps in PyTorch's order, as a tuple; that of a vector as it is.
private func channelsFirst(_ shape: [Int]) -> String {
  let axes = shape.count == 3 ? [shape[2], shape[0], shape[1]] : shape
  return tuple(axes)
}

private func tuple(_ numbers: [Int]) -> String {
  "(" + numbers.map(String.init).joined(separator: ", ") + (numbers.count == 1 ? ",)" : ")")
}

/// A module with settings, of which those at PyTorch's default are left out.
private func module(_ name: String, _ arguments: String?...) -> String {
  "\(name)(\(arguments.compactMap { $0 }.joined(separator: ", ")))"
}

/// A setting by name; nil at its default.
private func setting<T: Equatable>(
  _ name: String, _ value: T, default standard: T
) -> String? {
  value == standard ? nil : "\(name)=\(value)"
}

private func flag(_ name: String, _ value: Bool) -> String? { value ? nil : "\(name)=False" }

// MARK: Layers

extension Linear {
  func modules(for input: [Int]) -> [String] {
    reshapes(from: input, to: [inputs])
      + [module("Linear", "\(inputs)", "\(outputs)", flag("bias", hasBias))]
  }
}

extension ConvolutionForm {
  /// The kernel's size: one number for a square.
  fileprivate var kernelText: String {
    kernel[0] == kernel[1] ? "\(kernel[0])" : tuple(kernel)
  }
}

extension Convolution {
  func modules(for input: [Int]) -> [String] {
    reshapes(from: input, to: inputShape) + [
      module(
        "Conv2d", "\(inputShape[2])", "\(channels)", form.kernelText,
        setting("stride", form.stride, default: 1), setting("padding", form.padding, default: 0),
        flag("bias", hasBias))
    ]
  }
}

extension TransposedConvolution {
  func modules(for input: [Int]) -> [String] {
    reshapes(from: input, to: inputShape) + [
      module(
        "ConvTranspose2d", "\(inputShape[2])", "\(channels)", form.kernelText,
        setting("stride", form.stride, default: 1), setting("padding", form.padding, default: 0),
        setting("output_padding", outputPadding, default: 0), flag("bias", hasBias))
    ]
  }
}

extension ActivationLayer {
  func modules(for input: [Int]) -> [String] { [module] }
}

extension Dropout {
  func modules(for input: [Int]) -> [String] {
    // A rate that changes over training has no number here.
    let rate = if case .constant(let value) = rate { "\(value)" } else { "" }
    return ["\(ofChannels && input.count == 3 ? "Dropout2d" : "Dropout")(\(rate))"]
  }
}

extension Reshape {
  func modules(for input: [Int]) -> [String] {
    let needed = reshapes(from: input, to: shape)
    return needed.isEmpty ? ["Identity()"] : needed
  }
}

extension Crop {
  func modules(for input: [Int]) -> [String] {
    let (rows, columns) = (input[0] - height, input[1] - width)
    let sides = [columns / 2, columns - columns / 2, rows / 2, rows - rows / 2]
    return ["ZeroPad2d(\(tuple(sides.map { -$0 })))"]
  }
}

extension Upsample {
  func modules(for input: [Int]) -> [String] { ["Upsample(scale_factor=\(factor))"] }
}

extension Pool {
  func modules(for input: [Int]) -> [String] {
    let name = kind == .average ? "AvgPool2d" : "MaxPool2d"
    return [
      module(
        name, "\(size)", setting("stride", stride, default: size),
        setting("padding", padding, default: 0))
    ]
  }
}

extension GlobalPool {
  func modules(for input: [Int]) -> [String] {
    let map = tuple(Array(input[..<2]))
    return [isMean ? "AvgPool2d(\(map))" : "LPPool2d(1, \(map))", "Flatten()"]
  }
}

// MARK: Exact games

extension Point {
  func modules(for input: [Int]) -> [String] { [module("Point", "\(outputShape(of: input)[0])")] }
}

extension Scaling {
  func modules(for input: [Int]) -> [String] { [module("Scaling", "\(input[0])")] }
}

// MARK: Normalizers

extension BatchNorm {
  func modules(for input: [Int]) -> [String] {
    [
      module(
        input.count == 3 ? "BatchNorm2d" : "BatchNorm1d", "\(features)",
        setting("eps", epsilon, default: 1e-5), setting("momentum", momentum, default: 0.1))
    ]
  }
}

extension GroupNorm {
  func modules(for input: [Int]) -> [String] {
    let epsilon = setting("eps", epsilon, default: 1e-5)
    if let affine, affine.shape.count == 3 {
      return [module("LayerNorm", channelsFirst(affine.shape), epsilon)]
    }
    return [
      module(
        "GroupNorm", "\(groups)", "\(input[input.count - 1])", epsilon,
        flag("affine", affine != nil))
    ]
  }
}

extension VirtualBatchNorm {
  func modules(for input: [Int]) -> [String] {
    [
      module(
        "VirtualBatchNorm", "\(input[input.count - 1])", "\(samples)",
        setting("eps", epsilon, default: 1e-5))
    ]
  }
}

// MARK: Blocks

extension ResidualBlock {
  func modules(for input: [Int]) -> [String] {
    func list(_ name: String, _ layers: [(name: String, layer: any Layer)]) -> String {
      var shape = input
      let parts = layers.map { key, layer in
        defer { shape = layer.outputShape(of: shape) }
        return "\(key)=\(layer.modules(for: shape).joined(separator: ", "))"
      }
      return "\(name)(\(parts.joined(separator: ", ")))"
    }
    return ["Residual(\(list("branch", branch)), \(list("shortcut", shortcut)))"]
  }
}
