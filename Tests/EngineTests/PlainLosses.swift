import Catalog
import Foundation

@testable import Objectives

/// Both sides of losses that see more of a step than scores, in plain numbers.
enum PlainLosses {
  typealias Sides = (critic: Double, generator: Double)

  /// The losses that this has a formula of.
  static let names = [
    "r3gan", "gan-qp", "mmd", "mmd-li", "scaled-mmd", "cramer", "moment-matching", "ebgan", "began",
    "infomax",
  ]

  static func sides(_ name: String, _ game: PlainGame, _ arguments: Arguments) throws -> Sides {
    switch name {
    case "r3gan": r3GAN(game, gamma: arguments.real("gamma"))
    case "gan-qp": quadraticPotential(game, lambda: arguments.real("lambda"))
    case "mmd": try discrepancy(game, arguments)
    case "mmd-li": try autoencodingDiscrepancy(game, arguments)
    case "scaled-mmd": try scaledDiscrepancy(game, arguments)
    case "cramer": cramer(game)
    case "moment-matching": try momentMatching(game, arguments)
    case "ebgan": energyBased(game, arguments)
    case "began": boundaryEquilibrium(game)
    case "infomax": infomax(game, weight: arguments.real("weight"))
    default: throw UnknownEntry(name: name)
    }
  }

  // MARK: Scores

  private static func r3GAN(_ game: PlainGame, gamma: Double) -> Sides {
    let gaps = zip(game.onReal, game.onFake).map { $0.score - $1.score }
    let slopes =
      mean(game.onReal.map(\.squaredScoreSlope)) + mean(game.onFake.map(\.squaredScoreSlope))
    return (
      mean(gaps.map { log1p(exp(-$0)) }) + gamma / 2 * slopes, mean(gaps.map { log1p(exp($0)) })
    )
  }

  private static func quadraticPotential(_ game: PlainGame, lambda: Double) -> Sides {
    let gaps = zip(game.onReal, game.onFake).map { $0.score - $1.score }
    let distances = zip(game.real, game.fake).map { mean(difference($0, $1).map { abs($0) }) }
    let potentials = zip(gaps, distances).map { -$0 + $0 * $0 / (2 * lambda * $1) }
    return (mean(potentials), mean(gaps))
  }

  private static func infomax(_ game: PlainGame, weight: Double) -> Sides {
    func contrast(_ responses: [PlainResponse]) -> Double {
      mean(
        responses.indices.flatMap { own in
          let others = responses.indices.filter { $0 != own }.flatMap { responses[$0].local }
          let sum = others.reduce(0) { $0 + exp(inner($1, responses[own].global)) }
          return responses[own].local.map { local in
            let product = exp(inner(local, responses[own].global))
            return -log(product / (product + sum))
          }
        })
    }
    let hinge =
      mean(game.onReal.map { max(0, 1 - $0.score) })
      + mean(game.onFake.map { max(0, 1 + $0.score) })
    return (
      hinge + weight * contrast(game.onReal),
      -mean(game.onFake.map(\.score)) + weight * contrast(game.onFake)
    )
  }

  // MARK: Discrepancies

  private static func discrepancy(_ game: PlainGame, _ arguments: Arguments) throws -> Sides {
    let value = unbiasedMMD(
      game.onReal.map(\.features), game.onFake.map(\.features), try plainKernel(of: arguments))
    return (-value, value)
  }

  private static func autoencodingDiscrepancy(
    _ game: PlainGame, _ arguments: Arguments
  ) throws -> Sides {
    let squared = biasedMMD(
      game.onReal.map(\.features), game.onFake.map(\.features), try plainKernel(of: arguments))
    let root = (max(0, squared) + 1e-12).squareRoot()
    let errors = zip(game.real + game.fake, game.onReal + game.onFake).map { sample, response in
      mean(difference(sample, response.reconstruction).map { $0 * $0 })
    }
    let sum = mean(Array(errors[..<4])) + mean(Array(errors[4...]))
    return (-root + arguments.real("reconstruction") * sum, root)
  }

  private static func scaledDiscrepancy(
    _ game: PlainGame, _ arguments: Arguments
  ) throws -> Sides {
    let value = unbiasedMMD(
      game.onReal.map(\.features), game.onFake.map(\.features), try plainKernel(of: arguments))
    let slope = mean(game.onReal.map(\.squaredFeatureSlope))
    let scaled = value / (1 + arguments.real("lambda") * slope)
    return (-scaled, scaled)
  }

  private static func cramer(_ game: PlainGame) -> Sides {
    func distance(_ a: [Double], _ b: [Double]) -> Double {
      length(difference(a, b), epsilon: 1e-12)
    }
    func critic(_ a: [Double], _ b: [Double]) -> Double {
      distance(a, b) - length(a, epsilon: 1e-12)
    }
    let triples = game.onReal.indices.map {
      (game.onReal[$0].features, game.onFake[$0].features, game.onSecond[$0].features)
    }
    return (
      -mean(triples.map { x, g, other in critic(x, g) - critic(other, g) }),
      mean(triples.map { x, g, other in distance(g, x) + distance(other, x) - distance(g, other) })
    )
  }

  private static func momentMatching(_ game: PlainGame, _ arguments: Arguments) throws -> Sides {
    let kernel = try plainKernel(of: arguments)
    switch arguments.text("form") {
    case "unbiased": return (0, unbiasedMMD(game.real, game.fake, kernel))
    case "root":
      return (0, (max(0, biasedMMD(game.real, game.fake, kernel)) + 1e-12).squareRoot())
    case let form: throw UnknownEntry(name: form)
    }
  }

  // MARK: Autoencoders

  private static func energyBased(_ game: PlainGame, _ arguments: Arguments) -> Sides {
    func errors(_ samples: Rows, _ responses: [PlainResponse]) -> [Double] {
      zip(samples, responses).map { sample, response in
        mean(difference(sample, response.reconstruction).map { $0 * $0 })
      }
    }
    let (real, fake) = (errors(game.real, game.onReal), errors(game.fake, game.onFake))
    let pullAway = meanOfOthers(game.onFake.map(\.features)) { a, b in
      pow(inner(a, b) / (length(a, epsilon: 1e-12) * length(b, epsilon: 1e-12)), 2)
    }
    return (
      mean(real) + mean(fake.map { max(0, arguments.real("margin") - $0) }),
      mean(fake) + arguments.real("pullAway") * pullAway
    )
  }

  private static func boundaryEquilibrium(_ game: PlainGame) -> Sides {
    func error(_ samples: Rows, _ responses: [PlainResponse]) -> Double {
      mean(
        zip(samples, responses).flatMap { sample, response in
          difference(sample, response.reconstruction).map { abs($0) }
        })
    }
    let (real, fake) = (error(game.real, game.onReal), error(game.fake, game.onFake))
    return (real - PlainGame.balance * fake, fake)
  }
}
