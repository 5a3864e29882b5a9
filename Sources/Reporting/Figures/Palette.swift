/// Colours that people with a colour vision deficiency tell apart.
enum Palette {
  /// Colours for curves, after Okabe and Ito (2008), without yellow, which is faint on white.
  static let curves = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C564B",
  ]
  /// The colour of a baseline and of everything that others are compared with.
  static let baseline = "#444444"
  /// The colour of frames and of text that stands back.
  static let frame = "#888888"
  /// Nine even steps of viridis from its dark to its bright end.
  static let sequential = [
    "#440154", "#472D7B", "#3B528B", "#2C728E", "#21918C", "#28AE80", "#5EC962", "#ADDC30",
    "#FDE725",
  ]

  /// The colour with an opacity from 0 (invisible) to 1, as gnuplot writes it: `#AARRGGBB` with AA
  /// the transparency.
  static func translucent(_ colour: String, opacity: Double) -> String {
    let transparency = Int(((1 - opacity) * 255).rounded())
    let digits = String(transparency, radix: 16, uppercase: true)
    return "#" + (digits.count < 2 ? "0" + digits : digits) + colour.dropFirst()
  }

  /// The commands that make ``sequential`` the palette, reversed where small values are the good,
  /// bright ones.
  static func command(brightIsSmall: Bool) -> String {
    let colours = brightIsSmall ? sequential.reversed() : sequential
    let stops = colours.enumerated().map { "\($0.offset) '\($0.element)'" }
    return "set palette defined (\(stops.joined(separator: ", ")))"
  }
}
