import Arrays
import Catalog
import Datasets
import Foundation
import Testing

@Suite struct ImageFolderTests {
  private let folder: DataFolder

  init() throws { folder = try DataFolder(training: 1, heldOut: 1) }

  /// Writes an image whose bytes are all equal.
  private func write(
    _ byte: UInt8, _ name: String, height: Int = 2, width: Int = 2, channels: Int = 1
  ) throws {
    let image = PNGImage(
      width: width, height: height, channels: channels,
      pixels: [UInt8](repeating: byte, count: height * width * channels))
    let parts = "faces/\(name)".split(separator: "/")
    try folder.write(
      try image.encoded(), String(parts[parts.count - 1]),
      in: parts.dropLast().joined(separator: "/"))
  }

  private func images(_ settings: ValueMap = [:]) -> Value {
    var members: ValueMap = ["name": .text("images"), "folder": .text("faces")]
    members.merge(settings) { $1 }
    return .map(members)
  }

  /// The first byte of each training image.
  private func bytes(_ data: Dataset) throws -> [Int] {
    let count = try #require(data.trainingCount)
    let samples = try #require(data.trainingSamples(0..<count))
    return (0..<count).map { byte(samples.elements[$0 * samples.rowCount]) }
  }

  /// The byte that became a number in [−1, 1].
  private func byte(_ number: Float) -> Int { Int(((number + 1) * 127.5).rounded()) }

  @Test func imagesComeInTheOrderOfTheirPaths() throws {
    for (byte, name) in [(3, "b.png"), (1, "B.PNG"), (2, "a.png"), (4, "é.png")] {
      try write(UInt8(byte), name)
    }
    let half: ValueMap = ["heldOut": .real(0.5)]
    try folder.write([1], ".DS_Store", in: "faces")
    try folder.write([1], "x.png", in: "faces/.thumbnails")
    let data = try dataset(images(half), dataFolder: folder.path)
    #expect(data.sampleShape == [2, 2, 1])
    #expect(data.classes == nil)
    #expect(data.trainingCount == 2)
    let heldOut = data.evaluationSamples(count: 9, split: .heldOut, seed: 1)
    let others = (0..<heldOut.rows).map { byte(heldOut.elements[$0 * heldOut.rowCount]) }
    #expect(try bytes(data) == [1, 2, 3, 4].filter { !others.contains($0) })
    // The same folder by its whole path is the same data.
    let whole = try dataset(
      images(["folder": .text("\(folder.path)/faces"), "heldOut": .real(0.5)]))
    #expect(whole.digest == data.digest)
    #expect(data.digest.utf8.count == 64)
    try write(5, "b.png")
    #expect(try dataset(images(half), dataFolder: folder.path).digest != data.digest)
  }

  @Test func subfoldersAreClasses() throws {
    for (index, name) in ["cat", "dog", "emu"].enumerated() {
      for number in 0..<10 { try write(UInt8(10 * index + number), "\(name)/\(number).png") }
    }
    let data = try dataset(images(["heldOut": .real(0.2)]), dataFolder: folder.path)
    #expect(data.classes == ["cat", "dog", "emu"])
    #expect(data.trainingCount == 24)
    for split in Split.allCases {
      let samples = data.evaluationSamples(count: 99, split: split, seed: 1)
      let labels = data.evaluationLabels(count: 99, split: split, seed: 1)
      #expect(
        labels == (0..<samples.rows).map { byte(samples.elements[4 * $0]) / 10 })
    }
    let some = images(["classes": .list([.text("emu"), .text("cat")])])
    #expect(try dataset(some, dataFolder: folder.path).classes == ["cat", "emu"])
    #expect(try dataset(some, dataFolder: folder.path).trainingCount == 18)
    let none = images(["classes": .list([.text("cow")])])
    #expect(
      refusal(none, dataFolder: folder.path)
        == "\(folder.path)/faces: no images in a subfolder 'cow'")
    let subset = try dataset(images(["subset": .integer(5)]), dataFolder: folder.path)
    #expect(subset.trainingCount == 5)
    #expect(
      refusal(images(["subset": .integer(28)]), dataFolder: folder.path)?
        .contains("a subset of 28 of 27 training images") == true)
  }

  /// Images in subfolders are classes, so that one beside these is a mistake, whichever classes are kept.
  @Test func imagesLieInSubfoldersOrNoneDoes() throws {
    for name in ["red/1.png", "red/2.png", "blue/1.png", "blue/2.png", "stray.png"] {
      try write(1, name)
    }
    for kept in [[], [Value.text("red")]] {
      #expect(
        refusal(images(["classes": .list(kept)]), dataFolder: folder.path)
          == "\(folder.path)/faces/stray.png: lies beside the subfolder 'blue', which holds images "
          + "too; put all images into subfolders, whose names are the classes, or none")
    }
    try FileManager.default.removeItem(atPath: folder.path + "/faces/stray.png")
    let data = try dataset(images(["heldOut": .real(0.5)]), dataFolder: folder.path)
    #expect(data.classes == ["blue", "red"])
  }

  @Test func tooFewAreRefused() throws {
    for number in 0..<10 { try write(UInt8(number), "\(number).png") }
    #expect(
      refusal(images(), dataFolder: folder.path)
        == "\(folder.path)/faces: of 10 PNG files, 'heldOut' 0.1 holds out 1 and leaves 9 for "
        + "training; at least 2 of both are needed")
    #expect(refusal(images(["heldOut": .real(0.2)]), dataFolder: folder.path) == nil)
  }

  @Test func mistakesThatNeedNoData() throws {
    #expect(
      try objection(to: images(["subset": .integer(1)]))
        == "a 'subset' of 1 training image; at least 2 are needed, and 0 is for all")
    #expect(try objection(to: images(["subset": .integer(2)])) == nil)
    let red = Value.text("red")
    #expect(
      try objection(to: images(["classes": .list([red, .text("blue"), red])]))
        == "'classes' has red more than once")
    #expect(try objection(to: images(["classes": .list([red, .text("blue")])])) == nil)
  }

  @Test func sizesAndColoursMustAgreeOrBeMade() throws {
    try write(1, "a.png")
    try write(2, "b.png", height: 4, width: 6)
    try write(3, "c.png", channels: 3)
    try write(4, "d.png")
    func images(_ settings: ValueMap = [:]) -> Value {
      var members = settings
      members["heldOut"] = .real(0.5)
      return self.images(members)
    }
    let path = "\(folder.path)/faces"
    #expect(
      refusal(images(), dataFolder: folder.path)
        == "\(path)/b.png: 4 × 6 grey, but a.png is 2 × 2 grey; 'size' makes them equal")
    #expect(
      refusal(images(["size": .integer(2)]), dataFolder: folder.path)
        == "\(path)/c.png: 2 × 2 colour, but a.png is 2 × 2 grey; set 'colour' to grey or rgb")
    let data = try dataset(
      images(["size": .integer(3), "colour": .text("rgb")]), dataFolder: folder.path)
    #expect(data.sampleShape == [3, 3, 3])
    #expect(
      refusal(images(["crop": .integer(3)]), dataFolder: folder.path)
        == "\(path)/a.png: a crop of 3 × 3 is more than images of 2 × 2 have")
  }

  @Test func otherFilesAreRefusedByName() throws {
    try write(1, "a.png")
    let path = "\(folder.path)/faces"
    #expect(refusal(images(), dataFolder: folder.path)?.hasPrefix("\(path): 1 PNG file;") == true)
    for number in 0..<20 { try write(2, "b\(number).png") }
    #expect(refusal(images(), dataFolder: folder.path) == nil)
    try folder.write([0xff, 0xd8], "c.jpg", in: "faces")
    #expect(
      refusal(images(), dataFolder: folder.path)?.hasPrefix("\(path)/c.jpg: not a PNG file") == true
    )
    try FileManager.default.removeItem(atPath: path + "/c.jpg")
    try folder.write([0x89, 0x50, 0x4e, 0x47], "d.png", in: "faces")
    #expect(
      refusal(images(), dataFolder: folder.path)?
        .hasPrefix("\(path)/d.png: not a sound PNG file: ") == true)
    #expect(
      refusal(images(["folder": .text("nowhere")]), dataFolder: folder.path)
        == "\(folder.path)/nowhere: no such folder")
    #expect(refusal(images(), dataFolder: nil)?.contains("set SADDLE_DATA") == true)
  }
}
