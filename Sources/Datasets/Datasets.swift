import Catalog

/// Makes a data set from its settings and the folder that SADDLE_DATA names, nil when it names none; throws
/// `DatasetError`.
public typealias DatasetBuilder =
  @Sendable (_ arguments: Arguments, _ dataFolder: String?) throws -> Dataset

/// The data sets that an experiment file can name.
public enum Datasets {
  /// All data sets; to add one is to add an entry.
  public static let table = Table<DatasetBuilder>(
    "data set",
    [
      ring, ring8, grid, grid25, swissRoll, dirac, gaussian, mixture, glyphs, stackedGlyphs,
      ImageSet.mnist.entry, ImageSet.fashionMNIST.entry, ImageSet.digits.entry,
      ImageSet.cifar10.entry, stackedMNIST, images, npy,
    ])
}
