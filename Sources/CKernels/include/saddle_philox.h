#ifndef SADDLE_PHILOX_H
#define SADDLE_PHILOX_H

#include <stddef.h>
#include <stdint.h>

// Philox4x32-10 (Salmon et al. 2011). The counter is (index low, index high, step low, step high).
void saddle_philox_block(uint64_t key, uint64_t index, uint64_t step, uint32_t out[4]);

// Each fills out[0..count): element i comes from word i % 4 of block i / 4.
void saddle_philox_bits(uint64_t key, uint64_t step, uint32_t *out, size_t count);
void saddle_philox_uniform(uint64_t key, uint64_t step, float *out, size_t count);
void saddle_philox_normal(uint64_t key, uint64_t step, float *out, size_t count);

#endif
