/// Numbers that pairs of vectors determine, in Float64: the inner loops of products of matrices and of metrics.
///
/// Every result is the same in all bits on every machine: vectors are as wide as the processor allows, but each number is a
/// chain of multiplications and additions of its own, which are never fused.

#ifndef CPAIRS_H
#define CPAIRS_H

#include <stddef.h>

/// What is computed of two vectors.
enum saddle_pair_quantity {
  /// ⟨x, y⟩.
  saddle_inner_product,
  /// ‖x − y‖², from differences.
  saddle_squared_distance,
};

/// Vectors of one length, four to a panel: coordinate k of all four, then coordinate k + 1.
struct saddle_panels {
  /// The first coordinates of the first panel, aligned like a double.
  const void *elements;
  /// The number of doubles from one panel to the next.
  size_t stride;
  /// The number of panels.
  size_t count;
};

/// Computes a quantity of the four vectors of a panel with all vectors of other panels, over `depth` coordinates in
/// ascending order.
///
/// Vector i of `panel` with vector l of panel q gives element `4 q + l` of row i of `result`, whose rows begin
/// `result_stride` doubles apart; it is added to what is there when `adds` is not 0, and else takes its place.
void saddle_pair_tiles(
  const void *panel, struct saddle_panels others, size_t depth, enum saddle_pair_quantity quantity,
  void *result, size_t result_stride, int adds);

/// A term of a sum of Gaussians.
struct saddle_gaussian_term {
  /// Not 0 where it is the term before it, squared `squarings` times; else it is exp(factor · s).
  int is_power;
  /// How often the term before is squared, at least 0.
  int squarings;
  /// The factor of s, at most 0.
  double factor;
};

/// Replaces each of `count` numbers s ≥ 0 by the sum of the terms, each within 2 ULP of its exponential and one more for
/// each squaring.
void saddle_gaussian_sums(
  void *values, size_t count, const struct saddle_gaussian_term *terms, size_t term_count);

/// Replaces each of `count` numbers x ≤ 0 by eˣ within 2 ULP; 0 below −700.
void saddle_exponentials(void *values, size_t count);

#endif
