/// A dense array in the host's memory: row-major (the last axis is contiguous).
public struct HostArray<Element: Sendable>: Sendable {
  /// The extent of each axis; empty for a scalar.
  public let shape: [Int]
  /// The elements in row-major order; their count is the product of `shape`.
  public var elements: [Element]

  /// Wraps elements in a shape; their count must be the product of the shape.
  public init(shape: [Int], elements: [Element]) {
    precondition(
      elements.count == shape.reduce(1, *), "\(elements.count) elements for shape \(shape)")
    self.shape = shape
    self.elements = elements
  }

  /// The extent of the first axis (1 for a scalar).
  public var rows: Int { shape.first ?? 1 }

  /// The number of elements of one row: the product of all axes but the first.
  public var rowCount: Int { shape.dropFirst().reduce(1, *) }

  /// The elements of row `index`.
  public func row(_ index: Int) -> ArraySlice<Element> {
    elements[index * rowCount..<(index + 1) * rowCount]
  }
}

extension HostArray: Equatable where Element: Equatable {}
