import Catalog
import Networks
import Objectives
import Records

/// What is wrong with the settings of the networks and of the latents, whatever the data are.
func networkRemarks(_ configuration: RunConfiguration) -> [Remark] {
  Player.allCases.flatMap { unusedSettings(configuration, $0) } + latentRemarks(configuration)
}

/// Settings that are not at their default and would change nothing.
private func unusedSettings(_ configuration: RunConfiguration, _ player: Player) -> [Remark] {
  let settings = Arguments(configuration.settings(player).asMap ?? [:])
  let (architecture, own) = architectureTable.selection(settings.value("architecture"))
  let name = architecture.description.name
  func changed(_ parameters: [Parameter], _ arguments: Arguments, among names: [String])
    -> [String]
  {
    parameters.filter { names.contains($0.name) && $0.completeDefault != arguments.value($0.name) }
      .map(\.name)
  }
  let common = changed(Network.parameters, settings, among: architecture.body.unusedSettings)
  let remarks = common.map { setting in
    let reason =
      name == "sequential"
      ? "all layers of a sequential network are in its list"
      : "the layers of \(name) follow from the samples and the settings of the architecture"
    return Remark(
      isError: true, keyPath: "\(player.rawValue).\(setting)",
      message: "'\(player.rawValue).\(setting)' changes nothing here: \(reason)")
  }
  guard player == .generator else { return remarks }
  let parameters = architecture.description.parameters
  return remarks
    + changed(parameters, own, among: architecture.body.criticSettings).map { setting in
      Remark(
        isError: true, keyPath: "generator.architecture.\(setting)",
        message: "'\(setting)' of \(name) is a setting of critics and changes nothing here")
    }
}

private func latentRemarks(_ configuration: RunConfiguration) -> [Remark] {
  let latent = configuration.latent
  if latent.distribution == "sphere", latent.size == 1 {
    return [
      Remark(
        isError: true, keyPath: "latent",
        message: "the sphere of one dimension has two points; give 'latent.size' at least 2")
    ]
  }
  let isDefault = RunSchema.latent.first { $0.name == "bound" }?.defaultValue == .real(latent.bound)
  guard latent.distribution != "truncated", !isDefault else { return [] }
  return [
    Remark(
      isError: true, keyPath: "latent.bound",
      message: "'latent.bound' changes nothing here: it is that of truncated latents")
  ]
}

extension RunConfiguration {
  /// Says that a player's normalizer reaches no layer of its network; nil where it does, or where there is none.
  func idleNormalizer(_ player: Player, in network: Network) -> Remark? {
    let name = settings(player)["normalizer"]?["name"]?.asText ?? "none"
    guard name != "none", !network.isNormalized,
      settings(player)["architecture"]?["name"]?.asText != "sequential"
    else { return nil }
    return Remark(
      isError: true, keyPath: "\(player.rawValue).normalizer",
      message: "'\(player.rawValue).normalizer' changes nothing here: no layer of this network is "
        + "followed by a normalizer")
  }

  /// The name of a player's first normalizer under which a sample's output depends on others of its batch; nil without one.
  func mixingNormalizer(_ player: Player) -> String? {
    let settings = settings(player)
    let layers = settings["architecture"]?["layers"]?.asList ?? []
    let names = (layers + [settings["normalizer"] ?? .null]).compactMap { $0["name"]?.asText }
    return names.first { normalizerTable[$0]?.body.mixesSamples ?? false }
  }
}
