import Crypto
import Foundation
import Records

extension Gathering {
  /// Rises when equal records would be gathered into other text.
  private static let version = 1

  /// Whether the compact records in a report's folder are those that gathering would write: no record has come or gone
  /// since, and no file was changed.
  public func isCurrent(in folder: String) throws -> Bool {
    guard let known = FileManager.default.contents(atPath: path) else { return false }
    return known == Data(try stamp(folder).utf8)
  }

  /// Remembers, in the store, that the folder has what this gathering gives.
  public func remember(_ folder: String) throws {
    try AtomicFile.write(Array(try stamp(folder).utf8), to: path)
  }

  private var path: String { "\(store.path)/gathered/\(plan.name)" }

  /// A digest of the ids whose records exist and of the compact files in the folder.
  private func stamp(_ folder: String) throws -> String {
    var hash = SHA256()
    hash.update(data: Data("\(Self.version) \(folder)\n".utf8))
    for arm in plan.arms {
      for seed in plan.seeds {
        let id = try identities.evaluation(arm, seed: seed).id
        let mark = store.contains(.evaluation, id) ? "" : " missing"
        hash.update(data: Data("\(arm.name) \(seed) \(id)\(mark)\n".utf8))
      }
    }
    for name in Self.compactFiles(folder) {
      hash.update(data: Data("\(name)\n".utf8))
      hash.update(data: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
    }
    return hash.finalize().hexadecimal + "\n"
  }

  /// The tables and pictures of a report's folder, sorted; text and figures are made from them.
  private static func compactFiles(_ folder: String) -> [String] {
    let manager = FileManager.default
    let tables = ((try? manager.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { $0.hasSuffix(".csv") }
    let pictures = ((try? manager.contentsOfDirectory(atPath: "\(folder)/grids")) ?? [])
      .map { "grids/\($0)" }
    return (tables + pictures).sorted()
  }
}
