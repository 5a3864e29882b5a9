import Arrays
import Catalog
import LinearAlgebra

let meanDiscrepancyEntry = Entry(
  EntryDescription(
    "mmd2", "Squared maximum mean discrepancy; the unbiased estimate may be negative",
    formula: "E k(x,x′) + E k(y,y′) − 2 E k(x,y), over x ≠ x′ and y ≠ y′ when unbiased",
    source: "Gretton et al., JMLR 13, 2012",
    parameters: [
      .choice(
        "estimator", ["unbiased", "biased"], default: "unbiased",
        "whether pairs of a sample with itself are left out"),
      Parameter("kernel", .entry(kernelTable.description), default: .text("rbf"), "kernel k"),
    ]),
  Metric("mmd2", goal: .min, minimumSamples: 2) { reference, arguments in
    let (entry, kernelArguments) = kernelTable.selection(arguments.value("kernel"))
    let sums = KernelSums(entry.body(kernelArguments, reference.real.rowCount))
    let isUnbiased = arguments.text("estimator") == "unbiased"
    let real = Panels(rowsOf: reference.real)
    let realMean = meanWithin(real, sums, isUnbiased: isUnbiased)
    return { samples in
      let fake = Panels(rowsOf: samples)
      let crossMean = sums.between(real, fake) / (Double(real.count) * Double(fake.count))
      return realMean + meanWithin(fake, sums, isUnbiased: isUnbiased) - 2 * crossMean
    }
  })

/// The mean of the kernel over ordered pairs within a set, without pairs of a sample and itself
/// when unbiased.
private func meanWithin(_ set: Panels, _ sums: KernelSums, isUnbiased: Bool) -> Double {
  let (above, diagonal) = sums.within(set)
  let count = Double(set.count)
  return isUnbiased
    ? 2 * above / (count * (count - 1)) : (2 * above + diagonal) / (count * count)
}
