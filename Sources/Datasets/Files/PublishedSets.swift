extension PublishedSet {
  /// The sets that can be fetched; the sums of MNIST, Fashion-MNIST and the batches of CIFAR-10 are those of files with
  /// the published MD5 sums, the sums of optdigits and of CIFAR-10's archive are published themselves.
  public static let all = [mnist, fashionMNIST, cifar10, digits]

  /// Of its own page the files are no longer given away; these are the mirrors that others use.
  static let mnist = PublishedSet(
    "mnist",
    downloads: idx(
      [
        (9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
        (28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
        (1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
        (4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
      ],
      folders: [
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
      ]),
    contents: idx([
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ]))

  static let fashionMNIST = PublishedSet(
    "fashion-mnist",
    downloads: idx(
      [
        (26_421_880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
        (29_515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
        (4_422_102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
        (5_148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
      ],
      folders: [
        "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      ]),
    contents: idx([
      "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    ]))

  static let cifar10 = PublishedSet(
    "cifar-10",
    downloads: [
      PublishedFile(
        name: "cifar-10-binary.tar.gz", byteCount: 170_052_171,
        sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        folders: ["https://www.cs.toronto.edu/~kriz/"])
    ],
    contents: [
      "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
      "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
      "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
      "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
      "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
    ].enumerated().map { PublishedContent(name: "data_batch_\($0 + 1).bin", sha256: $1) } + [
      PublishedContent(
        name: "test_batch.bin",
        sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")
    ],
    archive: Archive(file: "cifar-10-binary.tar.gz", folder: "cifar-10-batches-bin"))

  static let digits = PublishedSet(
    "digits",
    downloads: optdigits.map { name, byteCount, sha256 in
      PublishedFile(
        name: name, byteCount: byteCount, sha256: sha256,
        folders: ["https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/"])
    },
    contents: optdigits.map { name, _, sha256 in PublishedContent(name: name, sha256: sha256) })

  private static let optdigits = [
    ("optdigits.tra", 563_639, "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd"),
    ("optdigits.tes", 264_712, "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"),
  ]

  /// The names of the four files that MNIST and its descendants consist of.
  private static let idxNames = [
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  ]

  private static func idx(
    _ files: [(byteCount: Int, sha256: String)], folders: [String]
  ) -> [PublishedFile] {
    zip(idxNames, files).map { name, file in
      PublishedFile(
        name: name + ".gz", byteCount: file.byteCount, sha256: file.sha256, folders: folders)
    }
  }

  private static func idx(_ sums: [String]) -> [PublishedContent] {
    zip(idxNames, sums).map { PublishedContent(name: $0, sha256: $1) }
  }
}
