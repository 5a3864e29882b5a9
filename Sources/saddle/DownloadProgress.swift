import Datasets
import Downloads
import Foundation

/// Shows how a download goes: a line per event, and on a terminal one that is drawn over again.
final class DownloadProgress {
  /// Seconds between two drawings of the line.
  private static let drawingInterval = 0.1

  private let set: PublishedSet
  private var block = TerminalBlock()
  private var start = Date()
  private var offset = 0
  private var lastDrawing = Date.distantPast

  init(_ set: PublishedSet) { self.set = set }

  func show(_ event: DownloadEvent) {
    switch event {
    case .present(let file): line("\(set.name)/\(file): is there")
    case .began(let file, let address, let offset):
      (start, self.offset) = (Date(), offset)
      let rest = offset > 0 ? ", from byte \(offset) on" : ""
      line("\(set.name)/\(file): from \(address)\(rest)")
    case .received(let file, let count): draw(file, count)
    case .passedOver(let error): line("warning: \(error)")
    case .placed(let file, let byteCount):
      line("\(set.name)/\(file): \(ByteText.text(Double(byteCount))), as published")
    }
  }

  /// Takes the line that is drawn over away.
  func end() { block.erase() }

  private func line(_ text: String) {
    block.erase()
    StandardError.print(text)
  }

  private func draw(_ file: String, _ count: Int) {
    guard StandardError.isTerminal,
      Date().timeIntervalSince(lastDrawing) > Self.drawingInterval,
      let total = set.downloads.first(where: { $0.name == file })?.byteCount
    else { return }
    lastDrawing = Date()
    let rate = Double(count - offset) / max(Date().timeIntervalSince(start), 1e-3)
    let parts = [
      "\(ByteText.text(Double(count))) of \(ByteText.text(Double(total)))",
      "\(100 * count / max(total, 1)) %", "\(ByteText.text(rate))/s",
      "\(TimeText.text(Double(total - count) / max(rate, 1))) left",
    ]
    block.draw([TerminalLine("\(set.name)/\(file): \(parts.joined(separator: " · "))")])
  }
}
