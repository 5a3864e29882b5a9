// Philox4x32-10 on W counters at once, included once per instruction set.

INLINE void philox_round(vu x[4], uint32_t key0, uint32_t key1) {
  vu64 first = __builtin_convertvector(x[0], vu64) * 0xD2511F53u;
  vu64 second = __builtin_convertvector(x[2], vu64) * 0xCD9E8D57u;
  vu high0 = __builtin_convertvector(first >> 32, vu), low0 = __builtin_convertvector(first, vu);
  vu high1 = __builtin_convertvector(second >> 32, vu), low1 = __builtin_convertvector(second, vu);
  x[0] = high1 ^ x[1] ^ key0;
  x[1] = low1;
  x[2] = high0 ^ x[3] ^ key1;
  x[3] = low0;
}

// Blocks index .. index + W - 1, the counter's words apart.
INLINE void philox_blocks(uint64_t key, uint64_t index, uint64_t step, vu x[4]) {
  vu64 counter;
  for (int lane = 0; lane < W; lane++) counter[lane] = index + (uint64_t)lane;
  x[0] = __builtin_convertvector(counter, vu);
  x[1] = __builtin_convertvector(counter >> 32, vu);
  x[2] = (vu)((uint32_t)step);
  x[3] = (vu)((uint32_t)(step >> 32));
  uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
  for (int round = 0; round < 10; round++) {
    philox_round(x, key0, key1);
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

// Odd multiples of 2^-24 in (0, 1).
INLINE vf unit_interval(vu word) {
  return __builtin_convertvector(((vi)(word >> 9)), vf) * 0x1p-23f + 0x1p-24f;
}

INLINE void store_words(vf words[4], float *out, size_t count) {
  size_t blocks = count / 4 < W ? count / 4 : W;
  for (size_t i = 0; i < blocks; i++) {
    for (int word = 0; word < 4; word++) out[4 * i + word] = words[word][i];
  }
  if (blocks < W) {
    for (size_t i = 4 * blocks; i < count; i++) out[i] = words[i % 4][blocks];
  }
}

static void uniform(uint64_t key, uint64_t step, float *out, size_t count) {
  for (size_t first = 0; first < count; first += 4 * W) {
    vu x[4];
    philox_blocks(key, first / 4, step, x);
    vf words[4];
    for (int word = 0; word < 4; word++) words[word] = unit_interval(x[word]);
    store_words(words, out + first, count - first);
  }
}

// Box and Muller: words 0 and 1 of a block give normals 0 and 1, words 2 and 3 the others.
static void normal(uint64_t key, uint64_t step, float *out, size_t count) {
  for (size_t first = 0; first < count; first += 4 * W) {
    vu x[4];
    philox_blocks(key, first / 4, step, x);
    vf words[4];
    for (int pair = 0; pair < 4; pair += 2) {
      vf radius = v_sqrt(-2.0f * v_log(unit_interval(x[pair])));
      vf sine, cosine;
      v_sincospi(2.0f * unit_interval(x[pair + 1]), &sine, &cosine);
      words[pair] = radius * cosine;
      words[pair + 1] = radius * sine;
    }
    store_words(words, out + first, count - first);
  }
}
