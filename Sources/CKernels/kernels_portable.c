#include "internal.h"

#pragma clang fp contract(off)

// On arm64 the fused multiply-add is part of the base instruction set.
#if !defined(__aarch64__)
#define EMULATE_FMA
#endif
#define W 4
#define ROWS 4
#define VECTORS 2
#define NAME "portable"
#define SYMBOL saddle_kernels_portable
#include "vector_table.h"
