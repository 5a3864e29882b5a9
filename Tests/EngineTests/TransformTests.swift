import Catalog
import Testing

@testable import Engine
@testable import Objectives

/// Every transform of consistency penalties against its definition.
@Suite struct TransformTests {
  /// Images [3, 4, 5, 2] whose numbers are their own places in memory, from 1.
  private static let shape = [3, 4, 5, 2]
  private static let images = (1...120).map(Double.init)

  /// What an entry makes of the images with given random numbers, written out a second time.
  private func expected(
    _ name: String, _ arguments: Arguments, _ numbers: [Double]
  ) throws -> [Double] {
    switch name {
    case "noise":
      return zip(Self.images, numbers).map { $0 + arguments.real("deviation") * $1 }
    case "flip-shift":
      let (rows, columns) = (Self.shape[1], Self.shape[2])
      return Self.images.indices.map { index in
        let (image, channel) = (index / 40, index % 2)
        let (row, column) = (index / 10 % rows, index / 2 % columns)
        func steps(_ number: Double, _ size: Int) -> Int {
          let reach = min(16, Int((arguments.real("shift") * Double(size)).rounded(.down)))
          return Int((number * Double(2 * reach + 1)).rounded(.down)) - reach
        }
        let (fromRow, fromColumn) = (
          row - steps(numbers[3 * image + 1], rows), column - steps(numbers[3 * image + 2], columns)
        )
        guard (0..<rows).contains(fromRow), (0..<columns).contains(fromColumn) else { return 0 }
        let isMirrored = arguments.boolean("flip") && numbers[3 * image] < 0.5
        let source = isMirrored ? columns - 1 - fromColumn : fromColumn
        return Self.images[((image * rows + fromRow) * columns + source) * 2 + channel]
      }
    default: throw UnknownEntry(name: name)
    }
  }

  private static let settings: [(name: String, members: ValueMap)] =
    transformTable.entries.map { ($0.description.name, [:]) } + [
      ("noise", ["deviation": .real(2)]), ("flip-shift", ["shift": .real(0.5)]),
      ("flip-shift", ["shift": .real(0.5), "flip": .boolean(false)]),
      ("flip-shift", ["shift": .real(0.25)]), ("flip-shift", ["shift": .real(0)]),
    ]

  @Test(arguments: settings.indices) func pixelByPixel(_ index: Int) throws {
    let (name, members) = Self.settings[index]
    let arguments = transformTable.arguments(name, members)
    let graph = Graph()
    let batch = graph.input("batch", Self.shape)
    let transform = try #require(transformTable[name]).body
    let transformed = transform.apply(batch, "stream", arguments)
    let draw = try #require(graph.draws.first)
    #expect(graph.draws.count == 1 && draw.stream == "stream")
    #expect(draw.distribution == (name == "noise" ? .normal : .uniform))
    let function = ScalarFunction(graph, [transformed])
    var numbers = TestNumbers(index)
    for _ in 0..<20 {
      let drawn = numbers.uniform(name == "noise" ? 120 : 9, 0.001, 0.999)
      let values = function([("batch", Self.images), ("stream", drawn)])[0]
      #expect(try values == expected(name, arguments, drawn))
    }
  }

  /// Pixels keep their derivatives on the way, those that fall off the border have none.
  @Test func derivatives() throws {
    for (name, members) in Self.settings {
      let arguments = transformTable.arguments(name, members)
      let transform = try #require(transformTable[name]).body
      let held: NamedValues = [
        ("stream", TestNumbers(3).drawn(name == "noise" ? 120 : 9))
      ]
      let error = gradientError([Self.shape], held: held) {
        transform.apply($0[0], "stream", arguments).square()
      }
      #expect(error < 1e-8, "\(name) \(Value.map(members).canonicalJSON)")
    }
  }

  /// The shift is that of the size, down to whole pixels, and at most 16 of them.
  @Test func shiftIsAtMostSixteenPixels() throws {
    let graph = Graph()
    let transform = try #require(transformTable["flip-shift"]).body
    let batch = graph.input("batch", [1, 1, 64, 1])
    let shifted = transform.apply(
      batch, "stream", transformTable.arguments("flip-shift", ["shift": .real(0.5)]))
    let row = (1...64).map(Double.init)
    let function = ScalarFunction(graph, [shifted])
    let right = function([("batch", row), ("stream", [0.9, 0.5, 0.9999])])[0]
    #expect(right == Array(repeating: 0, count: 16) + row[..<48])
    let left = function([("batch", row), ("stream", [0.9, 0.5, 0.0001])])[0]
    #expect(left == row[16...] + Array(repeating: 0, count: 16))
  }
}

extension TestNumbers {
  /// Numbers between 0 and 1, away from both.
  fileprivate func drawn(_ count: Int) -> [Double] {
    var numbers = self
    return numbers.uniform(count, 0.001, 0.999)
  }
}
