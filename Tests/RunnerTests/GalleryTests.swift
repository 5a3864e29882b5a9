import Arrays
import Datasets
import Engine
import Foundation
import LinearAlgebra
import Records
import Testing

@testable import Runner

/// Pictures of a run for a person to look at, against what they are said to show.
@Suite struct GalleryTests {
  let images: ImagePlan

  init() throws { images = try ImagePlan() }

  private func trainer(_ settings: String = "", steps: Int = 20) throws -> Trainer {
    let plan = try images.make([("only", settings)])
    let trainer = try Trainer(
      RunConfiguration(plan.arms[0].configuration), seed: 0,
      dataset: try images.identities(plan).dataset(plan.arms[0]), executor: .fast(.best))
    for _ in 0..<steps { _ = trainer.advance() }
    return trainer
  }

  private func gallery(_ plan: Plan, in store: String = "store") throws -> StoredFolder? {
    let identity = try images.identities(plan).gallery(plan.arms[0], seed: plan.seeds[0])
    return try images.store(store).read(.evaluation, try #require(identity?.id))
  }

  // MARK: Interpolations

  @Test(arguments: [
    "", "generator.normalizer: batch", "generator: {normalizer: batch, average: 0.8}",
    "latent.distribution: uniform", "latent.size: 1", "latent: {distribution: sphere, size: 5}",
    "latent: {distribution: truncated, size: 3}",
  ])
  func linesEndInTheSamplesOfTheirLatents(_ settings: String) throws {
    let trainer = try trainer(settings)
    let sampler = Sampler(trainer, seed: 0, executor: .fast(.best))
    let path = LatentPath(distribution: trainer.configuration.latent.distribution)
    let ends = imageBytes(
      sampler.samples(of: sampler.latents("evaluate/interpolation", count: 8)))
    let lines = imageBytes(sampler.samples(of: Gallery.latents(sampler, path)))
    #expect(lines.rows == 4 * 8 && ends.rows == 8)
    for line in 0..<4 {
      #expect(lines.row(8 * line).elementsEqual(ends.row(2 * line)))
      #expect(lines.row(8 * line + 7).elementsEqual(ends.row(2 * line + 1)))
      #expect(!ends.row(2 * line).elementsEqual(ends.row(2 * line + 1)))
    }
  }

  @Test(arguments: ["", "latent.distribution: uniform", "generator.normalizer: batch"])
  func givenLatentsGiveTheSamplesOfTheStream(_ settings: String) throws {
    let sampler = Sampler(try trainer(settings), seed: 0, executor: .fast(.best))
    let latents = sampler.latents("evaluate/latent", count: 12)
    #expect(sampler.samples(of: latents).elements == sampler(12).elements)
  }

  @Test func sphericalPathsAreArcs() {
    let (start, end) = ([3.0, 0, 0], [0.0, 5, 0])
    let points = LatentPath.spherical.points(from: start, to: end, count: 5)
    #expect(points.first == start && points.last == end)
    for (index, point) in points.enumerated() {
      let angle = Double(index) * .pi / 8
      #expect(abs(point[0] - 3 * cos(angle)) < 1e-12 && abs(point[1] - 5 * sin(angle)) < 1e-12)
    }
    let (a, b) = ([0.3, -1.2, 0.7, 2], [1.1, 0.4, -0.2, 0.9])
    let product = zip(a, b).map(*).reduce(0, +)
    let norms = (a.map { $0 * $0 }.reduce(0, +) * b.map { $0 * $0 }.reduce(0, +)).squareRoot()
    let omega = acos(product / norms)
    let third = LatentPath.spherical.points(from: a, to: b, count: 4)[1]
    for index in a.indices {
      let expected =
        (sin(2 * omega / 3) * a[index] + sin(omega / 3) * b[index]) / sin(omega)
      #expect(abs(third[index] - expected) < 1e-12)
    }
  }

  @Test func otherPathsAreStraight() {
    let expected: [[Double]] = [[1, -1], [0, 0], [-1, 1]]
    #expect(LatentPath.linear.points(from: [1, -1], to: [-1, 1], count: 3) == expected)
    // There is no arc between opposite latents, nor from the middle.
    #expect(LatentPath.spherical.points(from: [1, -1], to: [-1, 1], count: 3) == expected)
    #expect(LatentPath.spherical.points(from: [0], to: [2], count: 3) == [[0], [1], [2]])
  }

  // MARK: Neighbours

  @Test(arguments: [(1, 1, 1), (9, 1031, 7), (6, 2050, 20), (4, 2, 3)])
  func nearestAsByBruteForce(_ rows: Int, _ candidates: Int, _ size: Int) {
    // Few different values, so that there are equal distances.
    func matrix(_ name: String, _ rows: Int) -> HostArray<Double> {
      let bits = RandomStream(seed: 1, name: name).bits(rows * size)
      return HostArray(shape: [rows, size], elements: bits.map { Double($0 % 4) })
    }
    let (queries, others) = (matrix("a", rows), matrix("b", candidates))
    let found = Neighbourhood.nearest(queries, among: Panels(rowsOf: others), count: 3)
    #expect(found.count == rows)
    for (row, neighbours) in found.enumerated() {
      let squares = (0..<candidates).map { index in
        zip(queries.row(row), others.row(index)).reduce(0) { sum, pair in
          sum + (pair.0 - pair.1) * (pair.0 - pair.1)
        }
      }
      let order = squares.indices.sorted { (squares[$0], $0) < (squares[$1], $1) }.prefix(3)
      #expect(neighbours.map(\.index) == Array(order))
      #expect(neighbours.map(\.distance) == order.map { squares[$0].squareRoot() })
    }
  }

  private func neighbourhood() throws -> (Neighbourhood, Dataset) {
    let plan = try images.make()
    let dataset = try images.identities(plan).dataset(plan.arms[0])
    let settings = EvaluationSettings(RunConfiguration(plan.arms[0].configuration))
    let real = try RealSide(dataset, settings, kernels: .best)
    return (try Neighbourhood(real), dataset)
  }

  @Test func repeatedTrainingImagesAreFound() throws {
    let (neighbourhood, dataset) = try neighbourhood()
    let copies = try #require(dataset.trainingSamples(10..<30))
    let findings = try #require(try neighbourhood.findings(copies))
    #expect(findings.images.shape == [8, 4] + ImagePlan.shape)
    let summary = findings.summary
    #expect(summary.generated == 0 && summary.nearer == 1 && summary.heldOut > 0)
    #expect(summary.origin == .training)
    #expect(summary.candidates == ImagePlan.candidates && summary.samples == 20)
    let bytes = imageBytes(copies)
    for row in 0..<8 {
      let shown = Array(findings.images.row(row))
      #expect(shown[..<20].elementsEqual(bytes.row(row)))
      #expect(shown[20..<40].elementsEqual(bytes.row(row)))
    }
  }

  @Test func unseenImagesAreAsNearAsUnseenImages() throws {
    let (neighbourhood, dataset) = try neighbourhood()
    let unseen = dataset.evaluationSamples(
      count: 1000, split: .heldOut, seed: EvaluationSettings.dataSeed)
    let summary = try #require(try neighbourhood.findings(unseen)).summary
    #expect(summary.generated == summary.heldOut && abs(summary.nearer - 0.5) <= 0.5 / 9 + 1e-9)
  }

  @Test func samplesThatAreNotFiniteHaveNone() throws {
    let (neighbourhood, _) = try neighbourhood()
    let broken = HostArray<Float>(
      shape: [1] + ImagePlan.shape, elements: [.nan] + [Float](repeating: 0, count: 19))
    #expect(try neighbourhood.findings(broken) == nil)
  }

  // MARK: Records

  @Test func progressEndsInTheFirstSamples() throws {
    let plan = try images.make(seeds: "2")
    try images.perform(plan)
    let identities = images.identities(plan)
    let run = try #require(
      try images.store().read(.run, try identities.run(plan.arms[0], seed: 1).id))
    let progress = try #require(run.images(RunFiles.progress, of: ImagePlan.shape))
    #expect(progress.shape == [11, 8] + ImagePlan.shape)
    let evaluation = try #require(
      try images.store().read(
        .evaluation, try identities.evaluation(plan.arms[0], seed: 1).id))
    let bytes = try #require(evaluation[EvaluationFiles.samples])
    let samples = imageBytes(try NumPyArray.decode(bytes, file: "").floats)
    #expect(progress.row(10).elementsEqual(samples.elements.prefix(8 * 20)))
    let start = Sampler(
      try Trainer(
        RunConfiguration(plan.arms[0].configuration), seed: 1,
        dataset: try identities.dataset(plan.arms[0]), executor: .fast(.best)), seed: 1,
      executor: .fast(.best))
    #expect(progress.row(0).elementsEqual(imageBytes(start(8)).elements))
    #expect(try identities.gallery(plan.arms[0], seed: 1) == nil)
  }

  @Test func largeImagesAreFewer() throws {
    #expect(try #require(SampleProgress(of: [64, 64, 3], steps: 100)).steps.count == 11)
    #expect(SampleProgress(of: [2], steps: 100) == nil)
    #expect(SampleProgress(of: [8, 8, 2], steps: 100) == nil)
    let sampler = Sampler(try trainer(), seed: 0, executor: .fast(.best))
    var progress = try #require(SampleProgress(of: ImagePlan.shape, steps: 3))
    #expect(progress.steps == [0, 1, 2, 3])
    for step in 0...2 { progress.take(step, sampler) }
    #expect(progress.file(until: 3) == nil)
    #expect(progress.file(until: 2) != nil)
  }

  @Test func anInterruptedRunLeavesTheSameProgress() throws {
    let plan = try images.make()
    let identities = images.identities(plan)
    let arm = plan.arms[0]
    let configuration = RunConfiguration(arm.configuration)
    let training = RunTraining(
      arm: arm, seed: 0, identity: try identities.run(arm, seed: 0),
      evaluationID: try identities.evaluation(arm, seed: 0).id,
      dataset: try identities.dataset(arm),
      evaluator: try Evaluator(
        try RealSide(
          try identities.dataset(arm), EvaluationSettings(configuration), kernels: .best),
        metrics: plan.metrics),
      executor: .fast(.best))
    var checkpoints: [[UInt8]] = []
    let whole = try training.run(from: nil, RunMonitor(checkpointInterval: 0)) {
      checkpoints.append($0.encoded())
    }
    let expected = try #require(whole.files.first { $0.name == RunFiles.progress }).bytes
    for bytes in checkpoints {
      let checkpoint = try #require(Checkpoint(decoding: bytes))
      let resumed = try training.run(from: checkpoint, RunMonitor()) { _ in }
      let progress = resumed.files.first { $0.name == RunFiles.progress }
      #expect(progress?.bytes == expected, "resumed after step \(checkpoint.step)")
    }
    // A checkpoint of an earlier version has no images: the run goes on without.
    var old = try #require(Checkpoint(decoding: checkpoints[15]))
    old.progress = []
    let resumed = try training.run(from: old, RunMonitor()) { _ in }
    #expect(resumed.files.map(\.name) == whole.files.map(\.name).filter { $0 != RunFiles.progress })
  }

  @Test func aMissingGalleryIsMadeWithoutTraining() throws {
    let plan = try images.make()
    #expect(try images.perform(plan) > 0)
    let before = try #require(try gallery(plan))
    try FileManager.default.removeItem(atPath: before.path)
    #expect(try gallery(plan) == nil)
    #expect(try images.gathered(plan).grids.map(\.kind) == [.samples, .training, .samples])
    #expect(try images.perform(plan) == 0)
    let after = try #require(try gallery(plan))
    #expect(after.files.map(\.name) == ["gallery.json", "interpolations.npy", "neighbours.npy"])
    #expect(after.files.map(\.bytes) == before.files.map(\.bytes))
    let records = try images.gathered(plan)
    #expect(
      records.grids.map(\.kind) == [
        .samples, .training, .interpolations, .neighbours, .samples,
      ])
    #expect(records.neighbours.map(\.candidates) == [ImagePlan.candidates])
  }

  @Test func recordsWithoutProgressAreShownWithout() throws {
    let plan = try images.make()
    try images.perform(plan)
    let id = try images.identities(plan).run(plan.arms[0], seed: 0).id
    let run = try #require(try images.store().read(.run, id))
    try images.store("old").write(
      .run, id, files: run.files.filter { $0.name != RunFiles.progress })
    #expect(try images.perform(plan, in: "old") == 0)
    let grids = try images.gathered(plan, from: "old").grids
    #expect(grids.map(\.kind) == [.samples, .interpolations, .neighbours, .samples])
    let runner = JobRunner(
      plan, store: images.store("old"), executor: .fast(.best), dataFolder: nil)
    #expect(try runner.differences(arm: 0, seed: 0) == [])
  }

  @Test func damageIsFound() throws {
    let plan = try images.make()
    try images.perform(plan)
    let folder = try #require(try gallery(plan)).path
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(folder)/neighbours.npy"))
    #expect(try gallery(plan) == nil)
    #expect(try images.store().quarantined().count == 1)
    #expect(try images.perform(plan) == 0)
    #expect(try gallery(plan) != nil)
  }

  /// Writes a record again with another file in the place of one, and with sums that fit.
  private func replace(
    _ kind: Store.Kind, _ id: String, _ name: String, _ bytes: [UInt8]
  ) throws {
    let record = try #require(try images.store().read(kind, id))
    let files = record.files.map { file -> Store.File in
      file.name == name ? (name, bytes) : file
    }
    try FileManager.default.removeItem(atPath: record.path)
    try images.store().write(kind, id, files: files, unsigned: record.unsigned)
  }

  private func floats(_ shape: [Int]) -> [UInt8] {
    let elements = [Float](repeating: 0, count: shape.reduce(1, *))
    return NumPyArray.encode(.float32(HostArray(shape: shape, elements: elements)))
  }

  private func bytes(_ shape: [Int]) -> [UInt8] {
    let elements = [UInt8](repeating: 0, count: shape.reduce(1, *))
    return NumPyArray.encode(.uint8(HostArray(shape: shape, elements: elements)))
  }

  /// Records from when images had their channel first: the same numbers where there is one channel.
  @Test func greySamplesWithTheirChannelFirstAreRead() throws {
    let plan = try images.make()
    try images.perform(plan)
    let id = try images.identities(plan).evaluation(plan.arms[0], seed: 0).id
    let before = try images.gathered(plan)
    let bytes = try #require(try images.store().read(.evaluation, id)?[EvaluationFiles.samples])
    let samples = try NumPyArray.decode(bytes, file: "samples.npy").floats
    let older = HostArray(
      shape: [samples.rows, 1] + ImagePlan.shape.dropLast(), elements: samples.elements)
    try replace(.evaluation, id, EvaluationFiles.samples, NumPyArray.encode(.float32(older)))
    #expect(try images.gathered(plan) == before)
  }

  @Test func otherShapesAreDamage() throws {
    let plan = try images.make()
    try images.perform(plan)
    let identities = images.identities(plan)
    let run = try identities.run(plan.arms[0], seed: 0).id
    let evaluation = try identities.evaluation(plan.arms[0], seed: 0).id
    let reference = try identities.reference(plan.arms[0]).id
    let before = try images.gathered(plan)

    func expectDamage(
      _ kind: Store.Kind, _ id: String, _ name: String, _ bytes: [UInt8]
    ) throws {
      let right = try #require(try images.store().read(kind, id)?[name])
      try replace(kind, id, name, bytes)
      #expect {
        try images.gathered(plan)
      } throws: {
        "\($0)".contains("\(id): the record cannot be read")
      }
      try replace(kind, id, name, right)
    }

    for shape in [[3, 5, 4, 1], [3, 4, 5, 3], [0, 4, 5, 1], [20], [20, 1], []] {
      try expectDamage(.evaluation, evaluation, EvaluationFiles.samples, floats(shape))
      try expectDamage(.evaluation, reference, EvaluationFiles.samples, floats(shape))
    }
    for shape in [[11, 8, 5, 4, 1], [12, 8, 4, 5, 1], [0, 8, 4, 5, 1], [8, 4, 5, 1], []] {
      try expectDamage(.run, run, RunFiles.progress, bytes(shape))
    }
    #expect(try images.gathered(plan) == before)
  }

  @Test(arguments: [true, false]) func anUnreadableGalleryIsMadeAgain(_ isGathered: Bool) throws {
    let plan = try images.make()
    try images.perform(plan)
    let before = try #require(try gallery(plan)).files
    let id = try #require(try images.identities(plan).gallery(plan.arms[0], seed: 0)?.id)
    let replacements: [(String, [UInt8])] = [
      ("interpolations.npy", bytes([4, 8, 5, 4, 1])), ("interpolations.npy", bytes([4, 8])),
      ("neighbours.npy", bytes([8, 4, 4, 5, 3])), ("neighbours.npy", bytes([8, 0, 4, 5, 1])),
      ("gallery.json", [1, 2, 3]),
    ]
    for (index, (name, bytes)) in replacements.enumerated() {
      try replace(.evaluation, id, name, bytes)
      if isGathered {
        let grids = try images.gathered(plan).grids
        #expect(grids.map(\.kind) == [.samples, .training, .samples])
        #expect(try gallery(plan) == nil)
      }
      #expect(try images.perform(plan) == 0)
      #expect(try images.store().quarantined().count == index + 1)
      #expect(try gallery(plan)?.files.map(\.bytes) == before.map(\.bytes))
    }
  }

  @Test func divergedRunsHaveNothingToShow() throws {
    let plan = try images.make(
      [("only", "loss: wasserstein, optimizer: {name: sgd, rate: 1000000}")],
      set: ["train.steps=200", "generator.output=identity"])
    try images.perform(plan)
    #expect(try #require(try gallery(plan)).files.map(\.name) == ["gallery.json"])
    let records = try images.gathered(plan)
    #expect(records.runs[0].state == .diverged)
    #expect(records.grids.filter { $0.kind != .training }.map(\.arm) == [nil])
    #expect(records.neighbours.isEmpty)
    let runner = JobRunner(plan, store: images.store(), executor: .fast(.best), dataFolder: nil)
    #expect(try runner.differences(arm: 0, seed: 0) == [])
  }
}
