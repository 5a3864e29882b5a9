#ifndef SADDLE_INTERNAL_H
#define SADDLE_INTERNAL_H

#include "saddle_kernels.h"
#include "saddle_philox.h"
#include "shares.h"

// Copies `count` elements of an operand's iteration space from flat index `first` on.
void saddle_gather(const saddle_operand *operand, int64_t first, int count, float *result);

void saddle_permute(const saddle_permutation *permutation, saddle_share share);
void saddle_place(const saddle_placement *placement, saddle_share share);

#define SADDLE_PRODUCT_FLOATS (SADDLE_CONTRACTION_BLOCK * SADDLE_WIDEST_PANEL)

// A convolution keeps the weights of up to SADDLE_RESULTS_AT_ONCE results in the second-level
// cache, SADDLE_BLOCKS_AT_ONCE blocks of them where SADDLE_PANEL_FLOATS suffice, and as many images
// as have SADDLE_WINDOW_FLOATS under one row of windows.
#define SADDLE_RESULTS_AT_ONCE 256
#define SADDLE_BLOCKS_AT_ONCE 8
#define SADDLE_PANEL_FLOATS (160 * 1024)
#define SADDLE_WINDOW_FLOATS (64 * 1024)
// What the runs of a block take: 4 floats each, at most one per term.
#define SADDLE_RUN_FLOATS (4 * SADDLE_CONTRACTION_BLOCK)
#define SADDLE_ALL_RUN_FLOATS (SADDLE_BLOCKS_AT_ONCE * SADDLE_RUN_FLOATS)
#define SADDLE_CONVOLUTION_FLOATS (SADDLE_ALL_RUN_FLOATS + SADDLE_PANEL_FLOATS)

// Floats before and after the sums of a narrow convolution that vectors may reach.
#define SADDLE_NARROW_MARGIN 64
// From one row of moved results to the next: not a power of two, so that rows do not compete for
// the same sets of the first-level cache.
#define SADDLE_MOVED_STRIDE (SADDLE_CONTRACTION_BLOCK + 16)

// Which results are computed with vectors along pixels or rows. These rules depend on shapes alone:
// the ways differ in the order of their sums.
static inline int saddle_has_narrow_images(const saddle_convolution *g) {
  return g->channels <= SADDLE_NARROW_CHANNELS;
}

// Only where every pixel of the images is read through every tap.
static inline int saddle_has_narrow_results(const saddle_convolution *g) {
  return g->features <= SADDLE_NARROW_CHANNELS && g->stride_y == 1 && g->stride_x == 1 &&
         2 * (int64_t)g->rows * g->columns >= (int64_t)g->height * g->width;
}

// Images of `pixels` pixels that a narrow convolution takes at a time.
static inline int saddle_narrow_images(int pixels) { return pixels < 512 ? 512 / pixels : 1; }

extern const saddle_kernels saddle_kernels_portable;
#if defined(__x86_64__)
extern const saddle_kernels saddle_kernels_avx2;
extern const saddle_kernels saddle_kernels_avx512;
#endif

#endif
