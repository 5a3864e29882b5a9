#ifndef SADDLE_INTERNAL_H
#define SADDLE_INTERNAL_H

#include "saddle_kernels.h"
#include "saddle_philox.h"

// Copies `count` elements of an operand's iteration space from flat index `first` on.
void saddle_gather(const saddle_operand *operand, int64_t first, int count, float *result);

// A packed panel of the widest instruction set.
#define SADDLE_PRODUCT_FLOATS (SADDLE_CONTRACTION_BLOCK * 32)

// A convolution keeps the weights of up to SADDLE_RESULTS_AT_ONCE results in the second-level cache,
// SADDLE_BLOCKS_AT_ONCE blocks of them where SADDLE_PANEL_FLOATS suffice, and as many images as have
// SADDLE_WINDOW_FLOATS under one row of windows.
#define SADDLE_RESULTS_AT_ONCE 256
#define SADDLE_BLOCKS_AT_ONCE 8
#define SADDLE_PANEL_FLOATS (160 * 1024)
#define SADDLE_WINDOW_FLOATS (64 * 1024)
// What the runs of a window's elements take: 4 floats each, at most one per element.
#define SADDLE_RUN_FLOATS (4 * SADDLE_BLOCKS_AT_ONCE * SADDLE_CONTRACTION_BLOCK)
#define SADDLE_CONVOLUTION_FLOATS (SADDLE_RUN_FLOATS + SADDLE_PANEL_FLOATS)

extern const saddle_kernels saddle_kernels_portable;
#if defined(__x86_64__)
extern const saddle_kernels saddle_kernels_avx2;
extern const saddle_kernels saddle_kernels_avx512;
#endif

#endif
