import Arrays
import Crypto
import Datasets
import Foundation
import Networks
import Records

/// A safetensors file of weights that an experiment starts a network with, in PyTorch's names and layouts.
///
/// Names are those of a `state_dict`, `0.weight`, with or without the prefix `generator.` or `critic.`; in a file that has
/// names with the prefix only these are the network's. Counters of batches are passed over. Nothing in the file is trusted.
struct WeightFile: Sendable {
  /// The path as messages give it.
  let path: String
  /// SHA-256 of the file's bytes, in hexadecimal: what a run's identity has in the place of the path.
  let digest: String
  private let arrays: Safetensors

  /// Reads a file.
  ///
  /// - Throws: `DatasetError.absent` or `.malformed` with the path.
  init(_ path: String) throws(DatasetError) {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw .absent(path: path, reason: "no file of weights that can be read")
    }
    do {
      arrays = try Safetensors(decoding: [UInt8](bytes), file: path)
    } catch {
      throw .malformed(path: path, reason: error.reason)
    }
    self.path = path
    digest = SHA256.hexadecimal(of: [UInt8](bytes))
  }

  /// The arrays of a player by the names of its states, without those that a `state_dict` has beside.
  private func arrays(of player: Player) -> [(name: String, array: TypedArray)] {
    let prefix = "\(player.rawValue)."
    let isPrefixed = arrays.entries.contains { $0.name.hasPrefix(prefix) }
    return arrays.entries.compactMap { entry in
      if entry.name.hasSuffix("num_batches_tracked") { return nil }
      if isPrefixed { return entry.name.hasPrefix(prefix) ? (entry.name, entry.array) : nil }
      return (prefix + entry.name, entry.array)
    }
  }

  /// The values of the states of a player's networks in our layout, by full name.
  ///
  /// States that a constraint brings along and the reference batch of virtual batch normalization may be missing.
  ///
  /// - Throws: `DatasetError.malformed` with all that does not fit.
  func values(
    of player: Player, _ networks: [ConstrainedNetwork]
  ) throws(DatasetError) -> [String: [Double]] {
    let known = arrays(of: player)
    let states = networks.flatMap(\.states)
    let required = networks.flatMap(\.network.states).filter { $0.state.role != .reference }
      .map(\.name)
    var (misshapen, infinite): ([String], [String]) = ([], [])
    var values: [String: [Double]] = [:]
    for state in states {
      guard let array = known.first(where: { $0.name == state.name })?.array else { continue }
      let layout = PortableLayout(of: state.shape)
      let elements = array.doubles.elements
      if array.shape != layout.shape || ![.float32, .float64].contains(array.elementType) {
        misshapen.append("\(state.name) \(Self.text(array)), not \(layout.shape)")
      } else if !elements.allSatisfy(\.isFinite) {
        infinite.append(state.name)
      } else {
        values[state.name] = layout.imported(elements)
      }
    }
    let names = known.map(\.name)
    let faults = [
      Self.list("missing", required.filter { !names.contains($0) }),
      Self.list("of no state", names.filter { name in !states.contains { $0.name == name } }),
      Self.list("of another shape", misshapen), Self.list("not finite", infinite),
    ].compactMap { $0 }
    guard faults.isEmpty else {
      throw .malformed(
        path: path,
        reason: "does not fit the \(player.rawValue): \(faults.joined(separator: "; "))")
    }
    return values
  }

  private static func text(_ array: TypedArray) -> String {
    switch array.elementType {
    case .float32, .float64: "\(array.shape)"
    default: "of whole numbers"
    }
  }

  /// The most names that a message lists.
  private static let mostNames = 8

  private static func list(_ what: String, _ names: [String]) -> String? {
    guard !names.isEmpty else { return nil }
    let rest = names.count > mostNames ? " and \(names.count - mostNames) more" : ""
    return "\(what): \(names.prefix(mostNames).joined(separator: ", "))\(rest)"
  }
}
