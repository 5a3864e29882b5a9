import Crypto
import Foundation
import Records

extension Gathering {
  /// Rises when equal records would be gathered into other text.
  private static let version = 4

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

  /// A digest of the metrics' names, of the records' lists of sums, of what failed, and of the compact files in the
  /// folder.
  private func stamp(_ folder: String) throws -> String {
    var hash = SHA256()
    func add(_ line: String) { hash.update(data: Data((line + "\n").utf8)) }
    add("\(Self.version) \(folder)")
    for metric in plan.metrics { add("\(metric.name) \(metric.metric.canonicalJSON)") }
    let failures = Set(try store.failures())
    for arm in plan.arms {
      add("\(arm.name) \(try listing(.evaluation, try identities.reference(arm).id))")
      if let first = plan.seeds.first, let gallery = try identities.gallery(arm, seed: first) {
        add("gallery \(try listing(.evaluation, gallery.id))")
      }
      for seed in plan.seeds {
        let run = try identities.run(arm, seed: seed).id
        let evaluation = try identities.evaluation(arm, seed: seed).id
        add(
          "\(seed) \(try listing(.run, run)) \(try listing(.evaluation, evaluation)) "
            + "\(failures.contains(run))")
      }
    }
    for name in Self.compactFiles(folder) {
      add(name)
      hash.update(data: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data())
    }
    return hash.finalize().hexadecimal + "\n"
  }

  /// The id of a record with its list of sums; without one nothing is there.
  private func listing(_ kind: Store.Kind, _ id: String) throws -> String {
    "\(id) \(try store.listOfSums(kind, id) ?? "missing")"
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
