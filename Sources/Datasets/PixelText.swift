/// Numbers in letters of 3 × 5 squares, for the margins of pictures.
enum PixelText {
  /// The side in pixels of a letter's squares.
  private static let scale = 2
  /// Squares from the left of one letter to the left of the next.
  private static let pitch = 4
  /// The pixels between text and what it belongs to.
  private static let margin = 6

  /// The rows of each letter from the top; the highest of three bits is on the left.
  private static func rows(_ letter: Character) -> [UInt8] {
    switch letter {
    case "0": [7, 5, 5, 5, 7]
    case "1": [2, 6, 2, 2, 7]
    case "2": [7, 1, 7, 4, 7]
    case "3": [7, 1, 7, 1, 7]
    case "4": [5, 5, 7, 1, 1]
    case "5": [7, 4, 7, 1, 7]
    case "6": [7, 4, 7, 5, 7]
    case "7": [7, 1, 1, 2, 2]
    case "8": [7, 5, 7, 5, 7]
    case "9": [7, 5, 7, 1, 7]
    case ".": [0, 0, 0, 0, 2]
    case "-": [0, 0, 7, 0, 0]
    default: [0, 0, 0, 0, 0]
    }
  }

  /// The width in pixels of a margin that holds any of these lines; 0 where all are empty.
  static func width(of lines: [String]) -> Int {
    let longest = lines.map(\.count).max() ?? 0
    return longest == 0 ? 0 : (longest * pitch - 1) * scale + 2 * margin
  }

  /// Draws a line that ends before `right`, in the middle of some height.
  ///
  /// - Parameter mark: is called with the coordinates of each black pixel.
  static func draw(
    _ line: String, right: Int, top: Int, height: Int, mark: (_ x: Int, _ y: Int) -> Void
  ) {
    let left = right - margin - (line.count * pitch - 1) * scale
    let top = top + (height - 5 * scale) / 2
    for (position, letter) in line.enumerated() {
      for (y, bits) in rows(letter).enumerated() {
        for x in 0..<3 where bits >> (2 - x) & 1 == 1 {
          for pixel in 0..<(scale * scale) {
            mark(
              left + (position * pitch + x) * scale + pixel % scale,
              top + y * scale + pixel / scale)
          }
        }
      }
    }
  }
}
