import Catalog
import Foundation
import Testing

@testable import Engine
@testable import Schedules

/// Every schedule of the table, and what a graph makes of it.
@Suite struct ScheduleTests {
  /// An entry for which this file has no rule of its own.
  struct UnknownEntry: Error { let name: String }

  private static func schedule(
    _ name: String, _ members: ValueMap
  ) -> CoefficientSchedule {
    let (entry, _) = scheduleTable.selection(.map(["name": .text(name)]))
    return entry.body(scheduleTable.arguments(name, members))
  }

  private static let ends: ValueMap = ["from": .real(3), "to": .real(1)]
  private static let part: ValueMap = [
    "from": .real(3), "to": .real(1), "begin": .real(0.25), "end": .real(0.75),
  ]

  @Test(arguments: scheduleTable.entries.map(\.description.name))
  func valuesByHand(_ name: String) throws {
    let whole: [Int: Double]
    let inPart: [Int: Double]
    switch name {
    case "constant":
      (whole, inPart) = ([0: 2.5, 7: 2.5, 300: 2.5], [:])
    case "linear":
      whole = [0: 3, 75: 2.5, 150: 2, 299: 1 + 2.0 / 300, 300: 1]
      inPart = [0: 3, 75: 3, 150: 2, 224: 1 + 2.0 / 150, 225: 1, 300: 1]
    case "cosine":
      // cos 60° = ½ and cos 120° = −½.
      whole = [0: 3, 100: 2.5, 150: 2, 200: 1.5, 300: 1]
      inPart = [0: 3, 75: 3, 125: 2.5, 150: 2, 175: 1.5, 225: 1, 300: 1]
    case "exponential":
      whole = [0: 3, 150: 3.squareRoot(), 300: 1]
      inPart = [0: 3, 75: 3, 150: 3.squareRoot(), 225: 1, 300: 1]
    case "steps":
      whole = [0: 5, 74: 5, 75: 0, 149: 0, 150: 7, 300: 7]
      inPart = [:]
    default: throw UnknownEntry(name: name)
    }
    let steps: ValueMap = [
      "values": .list([.real(5), .real(0), .real(7)]), "at": .list([.real(0.25), .real(0.5)]),
    ]
    let members =
      name == "constant" ? ["value": .real(2.5)] : name == "steps" ? steps : Self.ends
    for (settings, expected) in [(members, whole), (Self.part, inPart)] where !expected.isEmpty {
      let schedule = Self.schedule(name, settings)
      for (step, value) in expected.sorted(by: { $0.key < $1.key }) {
        #expect(abs(schedule(step, of: 300) - value) < 1e-14, "step \(step)")
      }
    }
  }

  /// A ramp never leaves the interval between its ends, so what holds for these holds for all values.
  @Test(arguments: ["linear", "cosine", "exponential"])
  func rampsFallFromEndToEnd(_ name: String) {
    for settings in [Self.ends, Self.part] {
      let schedule = Self.schedule(name, settings)
      let values = (0...1000).map { schedule($0, of: 1000) }
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
      #expect(values.allSatisfy { $0 >= 1 - 1e-15 && $0 <= 3 + 1e-15 })
    }
  }

  @Test func bareNumberIsAConstant() {
    let type = ParameterType.entry(scheduleTable.description)
    let schedule = Arguments(["rate": type.complete(.real(0.125))]).coefficient("rate")
    #expect(schedule.constant == 0.125 && schedule(9, of: 10) == 0.125)
    #expect(type.minimal(type.complete(.real(0.125))) == .real(0.125))
  }

  /// What does not change is a constant of the graph, what does is an input.
  @Test func coefficientsOfAGraph() {
    let graph = Graph()
    let x = graph.input("x", [3])
    let fixed = Coefficient(CoefficientSchedule(constant: 1), key: "k")
    #expect((fixed * x).index == x.index)
    let moving = Coefficient(Self.schedule("linear", Self.ends), key: "k")
    let product = moving * x - moving.complement(in: graph)
    let program = Program(graph, outputs: [("y", product)], updates: [])
    #expect(program.inputs.map(\.name) == ["x", "coefficient/k"])
    let execution = Executor.reference.prepare(
      program, state: StateTable(of: graph, precision: .float64))
    execution.setInput("x", [1, 2, -3])
    execution.setInput("coefficient/k", [0.25])
    execution.run()
    #expect(execution.output("y") == [-0.5, -0.25, -1.5])
  }

  @Test func timesANumber() {
    let schedule = Self.schedule("linear", Self.ends) * 4
    #expect(schedule.levels == [12, 4] && schedule(150, of: 300) == 8)
    #expect((CoefficientSchedule(constant: 2) * 3).constant == 6)
  }
}
