// swift-tools-version: 6.2
import PackageDescription

// Saddle links the GNU Scientific Library, which is licensed GPL-3.0-or-later; so is Saddle, its
// library products included: a program that links them is bound by the GPL.

let package = Package(
  name: "saddle",
  platforms: [.macOS(.v14)],
  products: [
    .executable(name: "saddle", targets: ["saddle"]),
    .library(name: "SaddleEngine", targets: ["Engine", "Networks", "Objectives"]),
    .library(name: "SaddleMetrics", targets: ["Metrics", "Statistics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
  ],
  targets: [
    // Leaves
    .target(name: "CKernels"),
    .target(name: "CAllocations"),
    .target(name: "CPairs"),
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(
      name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"]), .brew(["xz"])]),

    // From configuration and numbers to training
    .target(name: "Arrays", dependencies: ["CKernels"]),
    .target(
      name: "Catalog",
      dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),
    .target(name: "Engine", dependencies: ["Arrays", "CKernels"]),
    .target(name: "Schedules", dependencies: ["Arrays", "Catalog", "Engine"]),
    .target(name: "Networks", dependencies: ["Catalog", "Engine", "Schedules"]),
    .target(name: "Objectives", dependencies: ["Arrays", "Catalog", "Engine", "Schedules"]),
    .target(
      name: "Datasets",
      dependencies: [
        "Arrays", "Catalog", "CPNG", "CZlib", "CLZMA",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(
      name: "Downloads",
      dependencies: ["Datasets", .product(name: "Subprocess", package: "swift-subprocess")]),
    .target(name: "LinearAlgebra", dependencies: ["Arrays", "CGSL", "CPairs"]),
    .target(name: "CWeights", exclude: ["Weights"]),
    .target(
      name: "Features",
      dependencies: [
        "Arrays", "Catalog", "CWeights", "Datasets", "Engine", "LinearAlgebra", "Networks",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "Metrics", dependencies: ["Arrays", "Catalog", "CPairs", "LinearAlgebra"]),
    .target(name: "Statistics", dependencies: ["CGSL"]),

    // From experiment file to report
    .target(
      name: "Records",
      dependencies: [
        "Catalog", "Arrays",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Runner",
      dependencies: [
        "Networks", "Objectives", "Schedules", "Datasets", "Features", "LinearAlgebra", "Metrics",
        "Records", "CAllocations", "CGSL",
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .target(
      name: "Reporting",
      dependencies: [
        "Records", "Statistics", "Catalog",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .executableTarget(
      name: "saddle",
      dependencies: [
        "Runner", "Reporting", "Downloads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests
    .testTarget(name: "ArraysTests", dependencies: ["Arrays", "CKernels"]),
    .testTarget(
      name: "EngineTests",
      dependencies: [
        "Engine", "Networks", "Objectives", "Schedules", "Catalog", "Arrays", "CKernels",
        "CAllocations",
      ]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "CAllocations"]),
    .testTarget(
      name: "DownloadsTests", dependencies: ["Datasets", "Downloads"], exclude: ["Server"]),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Arrays", "CPairs"]),
    .testTarget(
      name: "FeaturesTests",
      dependencies: ["Features", "Metrics", "Datasets", "Engine", "Arrays", "Catalog"]),
    .testTarget(
      name: "MetricsTests", dependencies: ["Metrics", "Features", "Arrays", "Catalog", "Datasets"]),
    .testTarget(name: "StatisticsTests", dependencies: ["Statistics"]),
    .testTarget(name: "RecordsTests", dependencies: ["Records", "Catalog"]),
    .testTarget(
      name: "ReportingTests", dependencies: ["Reporting", "Catalog", "Records", "Statistics"],
      exclude: ["Golden"]),
    .testTarget(
      name: "RunnerTests",
      dependencies: [
        "Runner", "Arrays", "Catalog", "Datasets", "Engine", "Networks", "Objectives", "Records",
        "Schedules", "CAllocations",
      ],
      exclude: ["Golden"]),
    .testTarget(name: "CommandTests", dependencies: ["saddle", "Runner", "Records"]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11
)
