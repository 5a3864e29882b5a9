#include "saddle_philox.h"

#include "internal.h"

void saddle_philox_block(uint64_t key, uint64_t index, uint64_t step, uint32_t out[4]) {
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
  uint32_t x[4] = {
      (uint32_t)index, (uint32_t)(index >> 32), (uint32_t)step, (uint32_t)(step >> 32)};
  for (int round = 0; round < 10; round++) {
    uint64_t first = (uint64_t)x[0] * 0xD2511F53u, second = (uint64_t)x[2] * 0xCD9E8D57u;
    uint32_t next[4] = {
        (uint32_t)(second >> 32) ^ x[1] ^ key0, (uint32_t)second,
        (uint32_t)(first >> 32) ^ x[3] ^ key1, (uint32_t)first};
    for (int word = 0; word < 4; word++) x[word] = next[word];
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  for (int word = 0; word < 4; word++) out[word] = x[word];
}

void saddle_philox_bits(uint64_t key, uint64_t step, uint32_t *out, size_t count) {
  for (size_t first = 0; first < count; first += 4) {
    uint32_t block[4];
    saddle_philox_block(key, first / 4, step, block);
    for (size_t i = 0; i < 4 && first + i < count; i++) out[first + i] = block[i];
  }
}

void saddle_philox_uniform(uint64_t key, uint64_t step, float *out, size_t count) {
  saddle_kernels_best()->uniform(key, step, out, count);
}

void saddle_philox_normal(uint64_t key, uint64_t step, float *out, size_t count) {
  saddle_kernels_best()->normal(key, step, out, count);
}
