import Catalog
import Datasets
import Networks
import Records

extension Identities {
  /// The file of the weights that a player of an arm starts with; nil where they are drawn.
  ///
  /// - Throws: `DatasetError` when the file is missing or damaged.
  func weightFile(_ player: Player, of arm: Arm) throws -> WeightFile? {
    guard let path = RunConfiguration(arm.configuration).weightsPath(player) else { return nil }
    if let known = weightFiles[path] { return known }
    let file = try WeightFile(resolved(path))
    weightFiles[path] = file
    return file
  }

  /// A whole path, or one relative to the folder of the experiment file.
  private func resolved(_ path: String) -> String {
    guard !path.hasPrefix("/"), let slash = plan.file.lastIndex(of: "/") else { return path }
    return "\(plan.file[...slash])\(path)"
  }

  /// The values with which the states of an arm's networks start, where these come from files.
  ///
  /// - Throws: `DatasetError` when a file is missing, damaged, or does not fit the network.
  func startingWeights(_ arm: Arm) throws -> [String: [Double]] {
    let configuration = RunConfiguration(arm.configuration)
    var result: [String: [Double]] = [:]
    for player in Player.allCases {
      guard let file = try weightFile(player, of: arm) else { continue }
      let networks = try configuration.networks(
        of: player, sampleShape: try dataset(arm).sampleShape)
      result.merge(try file.values(of: player, networks)) { first, _ in first }
    }
    return result
  }

  /// The canonical configuration of an arm with the sums of files of weights in the place of their paths.
  func identified(_ arm: Arm) throws -> Value {
    guard var members = arm.canonical.asMap else { return arm.canonical }
    for player in Player.allCases {
      guard let file = try weightFile(player, of: arm),
        var settings = members[player.rawValue]?.asMap
      else { continue }
      settings["weights"] = .text("sha256:\(file.digest)")
      members[player.rawValue] = .map(settings)
    }
    return .map(members)
  }
}
