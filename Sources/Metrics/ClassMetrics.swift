import Arrays
import Catalog

let classifierScoreEntry = Entry(
  EntryDescription(
    "classifier-score",
    "Inception score with the data set's own classifier: how sure the classes of samples are and "
      + "how varied, from 1 to the number of classes; blind to samples that are all alike within a "
      + "class",
    formula: "mean over splits of exp E KL(p(y|x)‖p(y)), p(y) = E p(y|x) within the split",
    source: "1606.03498",
    parameters: [
      .integer("splits", 1...1000, default: 10, "parts of the samples, one after another")
    ]),
  Metric(
    "classifier-score", goal: .max, space: .classes,
    minimumGenerated: { $0.integer("splits") }
  ) { _, arguments in
    let splits = arguments.integer("splits")
    return { samples in
      let fake = try ClassProbabilities(samples, metric: "classifier-score")
      let scores = (0..<splits).map { split in
        score(fake, rows: split * fake.count / splits..<(split + 1) * fake.count / splits)
      }
      return scores.reduce(0, +) / Double(splits)
    }
  })

/// exp(H(E p) − E H(p)), which is exp E KL(p‖E p).
private func score(_ samples: ClassProbabilities, rows: Range<Int>) -> Double {
  var mean = [Double](repeating: 0, count: samples.classCount)
  var conditional = 0.0
  let scale = 1 / Double(rows.count)
  for row in rows {
    for (label, probability) in samples.joint(row).enumerated() {
      mean[label] += probability * scale
    }
    conditional += samples.entropy(row) * scale
  }
  return Elementary.exp(max(0, entropy(mean) - conditional))
}

let classBalanceEntry = Entry(
  EntryDescription(
    "class-balance",
    "Divergence in nats of the classes' shares, as the data set's classifier finds them, from "
      + "those of real samples; N samples of a perfect generator of K classes have about (K−1)/2N, "
      + "and (K−1)/2n more from n real ones",
    formula:
      "KL(p̂‖q) = Σ_k p̂_k ln(p̂_k/q_k), q_k = (n_k + ½)/(n + K/2) of n real samples, or 1/K",
    source: "1611.02163",
    parameters: [
      .choice(
        "from", ["data", "uniform"], default: "data",
        "the shares q: those of the real samples, or equal ones")
    ]),
  Metric("class-balance", goal: .min, space: .classes) { reference, arguments in
    let real = try ClassProbabilities(reference.real, metric: "class-balance")
    let expected = arguments.text("from") == "data" ? smoothedShares(real) : nil
    return { samples in
      let fake = try ClassProbabilities(samples, metric: "class-balance")
      var divergence = 0.0
      for (label, count) in fake.predictedCounts().enumerated() where count > 0 {
        let share = Double(count) / Double(fake.count)
        let expectedShare = expected?[label] ?? 1 / Double(fake.classCount)
        divergence += share * Elementary.log(share / expectedShare)
      }
      return max(0, divergence)
    }
  })

/// The shares of the predicted classes with half a sample more in each, so that none is 0.
private func smoothedShares(_ samples: ClassProbabilities) -> [Double] {
  let total = Double(samples.count) + Double(samples.classCount) / 2
  return samples.predictedCounts().map { (Double($0) + 0.5) / total }
}

let classesEntry = Entry(
  EntryDescription(
    "classes",
    "Number of classes that the data set's classifier finds; of three stacked images those are "
      + "the triples, 1000 for ten classes",
    formula: "|{k : some y (or a share of them) is predicted k with confidence ≥ c}|",
    source: "1611.02163",
    parameters: [
      .real(
        "confidence", .unit, default: 0,
        "the least probability of a predicted class at which a sample counts"),
      .real(
        "share", .halfOpen(0, 1), default: 0,
        "the least share of all samples that a class must have; 0 for one sample"),
    ]),
  Metric("classes", goal: .max, space: .classes) { _, arguments in
    let (confidence, share) = (arguments.real("confidence"), arguments.real("share"))
    return { samples in
      let fake = try ClassProbabilities(samples, metric: "classes")
      let counts = fake.predictedCounts(confidence: confidence)
      return Double(counts.count { $0 > 0 && Double($0) / Double(fake.count) >= share })
    }
  })
