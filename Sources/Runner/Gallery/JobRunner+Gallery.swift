import Arrays
import Records

extension JobRunner {
  /// Makes the gallery of a stored run where the plan shows it and it is missing, or cannot be read.
  func completeGallery(_ arm: Arm, seed: Int) throws {
    guard let id = try identities.gallery(arm, seed: seed)?.id,
      try !store.gallery(id, of: try identities.dataset(arm).sampleShape).isStored,
      let run = try store.read(.run, try identities.run(arm, seed: seed).id)
    else { return }
    try store.write(
      .evaluation, id, files: try galleryFiles(run.files, of: run.path, arm, seed: seed),
      unsigned: [try Provenance(executor).file()])
  }

  /// The names of the files in which the stored gallery of a run differs from what the run's files give; none where there is
  /// no gallery.
  func galleryDifferences(_ files: [Store.File], _ arm: Arm, seed: Int) throws -> [String] {
    guard let id = try identities.gallery(arm, seed: seed)?.id,
      let stored = try store.intact(.evaluation, id)
    else { return [] }
    // Which image is the nearest may hang on the last digits of features.
    let isMadeHere = Provenance.read(stored)?.fingerprint == .current
    return try galleryFiles(files, of: stored.path, arm, seed: seed)
      .filter { isMadeHere || $0.name == Gallery.Files.interpolations }
      .filter { stored[$0.name] != $0.bytes }.map(\.name)
  }

  /// The files of a gallery, from the generator's weights at the end that a run's files hold.
  private func galleryFiles(
    _ files: [Store.File], of path: String, _ arm: Arm, seed: Int
  ) throws -> [Store.File] {
    func bytes(_ name: String) -> [UInt8]? { files.first { $0.name == name }?.bytes }
    guard let summary = bytes(RunFiles.summary).flatMap(RunSummary.init),
      let weights = bytes(RunFiles.snapshots)
    else { throw RunnerError.damagedRecord(path: path) }
    guard summary.state == .done else { return try Gallery.emptyFiles() }
    let kept = try Safetensors(decoding: weights, file: "\(path)/\(RunFiles.snapshots)")
    let configuration = RunConfiguration(arm.configuration)
    let trainer = try Trainer(
      configuration, seed: seed, dataset: try identities.dataset(arm), executor: executor)
    guard Snapshots.holds(kept, summary.steps, trainer.training) else {
      throw RunnerError.damagedRecord(path: path)
    }
    Snapshots.load(kept, summary.steps, trainer.training, trainer.state)
    return try Gallery(
      Sampler(trainer, seed: seed, executor: executor),
      path: LatentPath(distribution: configuration.latent.distribution),
      neighbourhood: try neighbourhood(arm, configuration)
    ).files()
  }

  /// The real images that an arm's samples are compared with, prepared once per problem.
  private func neighbourhood(
    _ arm: Arm, _ configuration: RunConfiguration
  ) throws -> Neighbourhood {
    if let known = neighbourhoods[arm.problem] { return known }
    let neighbourhood = try Neighbourhood(try realSide(arm, configuration))
    neighbourhoods[arm.problem] = neighbourhood
    return neighbourhood
  }
}
