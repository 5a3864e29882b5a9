import Foundation
import Records

/// The child process of a sweep: reads one job a line, writes one event a line.
///
///     job:    <arm> <seed> <run id>, or `reference <arm>`
///     event:  step <n>  |  done <state>  |  failed <message>
public struct Worker {
  private let jobs: JobRunner

  /// - Parameter jobs: what does the runs.
  public init(_ jobs: JobRunner) { self.jobs = jobs }

  /// Works until standard input ends.
  public func serve() {
    while let line = readLine() {
      do {
        let state = try perform(line.split(separator: " ").map(String.init))
        emit("done \(state)")
      } catch {
        emit("failed \("\(error)".replacing("\n", with: " "))")
      }
    }
  }

  private func perform(_ words: [String]) throws -> String {
    if words.count == 2, words[0] == "reference", let arm = arm(words[1]) {
      try jobs.performReference(arm: arm)
      return RunState.done.rawValue
    }
    guard words.count == 3, let arm = arm(words[0]), let seed = Int(words[1]) else {
      throw RunnerError.changedPlan(arm: words.first ?? "")
    }
    let state = try jobs.perform(arm: arm, seed: seed, expectedID: words[2]) { emit("step \($0)") }
    return state.rawValue
  }

  private func arm(_ word: String) -> Int? {
    Int(word).flatMap { jobs.plan.arms.indices.contains($0) ? $0 : nil }
  }

  private func emit(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
