#ifndef SADDLE_INTERNAL_H
#define SADDLE_INTERNAL_H

#include "saddle_kernels.h"
#include "saddle_philox.h"

// Copies `count` elements of an operand's iteration space from flat index `first` on.
void saddle_gather(const saddle_operand *operand, int64_t first, int count, float *result);

// The most columns of a packed panel, and its size in floats.
#define SADDLE_PANEL_COLUMNS 32
#define SADDLE_PANEL (SADDLE_CONTRACTION_BLOCK * SADDLE_PANEL_COLUMNS)

// A convolution lays out up to 12 windows at a time, one every SADDLE_STRIP_STRIDE floats (not a
// power of two, so that they do not compete for the same sets of the first-level cache), and
// the weights of up to SADDLE_RESULTS_AT_ONCE results, which stay in the second-level cache.
#define SADDLE_STRIP_STRIDE (SADDLE_CONTRACTION_BLOCK + 16)
#define SADDLE_STRIP (12 * SADDLE_STRIP_STRIDE)
#define SADDLE_RESULTS_AT_ONCE 256

extern const saddle_kernels saddle_kernels_portable;
#if defined(__x86_64__)
extern const saddle_kernels saddle_kernels_avx2;
extern const saddle_kernels saddle_kernels_avx512;
#endif

#endif
