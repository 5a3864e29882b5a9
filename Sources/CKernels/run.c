#include <string.h>

#include "internal.h"

#pragma clang fp contract(off)

const saddle_kernels *saddle_kernels_named(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (strcmp(name, "avx512") == 0) {
    int supported = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("fma");
    return supported ? &saddle_kernels_avx512 : NULL;
  }
  if (strcmp(name, "avx2") == 0) {
    int supported = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return supported ? &saddle_kernels_avx2 : NULL;
  }
#endif
  return strcmp(name, "portable") == 0 ? &saddle_kernels_portable : NULL;
}

const saddle_kernels *saddle_kernels_best(void) {
  const char *names[] = {"avx512", "avx2"};
  for (int i = 0; i < 2; i++) {
    const saddle_kernels *kernels = saddle_kernels_named(names[i]);
    if (kernels != NULL) return kernels;
  }
  return &saddle_kernels_portable;
}

// The row that an index counts to, or -1.
static int64_t table_row(const saddle_rows *r, int64_t i) {
  float index = r->indices[i];
  return index >= 0.0f && index < (float)r->table_rows ? (int64_t)index : -1;
}

static void gather_rows(const saddle_rows *r, saddle_share share) {
  size_t size = (size_t)r->width * sizeof(float);
  saddle_range own = saddle_part(r->count, 1, share);
  for (int64_t i = own.first; i < own.end; i++) {
    int64_t row = table_row(r, i);
    float *target = r->result + i * r->width;
    if (row < 0) {
      memset(target, 0, size);
    } else {
      memcpy(target, r->source + row * r->width, size);
    }
  }
}

static void scatter_rows(const saddle_rows *r, saddle_share share) {
  saddle_range own = saddle_part(r->table_rows, 1, share);
  size_t count = (size_t)((own.end - own.first) * r->width);
  memset(r->result + own.first * r->width, 0, count * sizeof(float));
  for (int64_t i = 0; i < r->count; i++) {
    int64_t row = table_row(r, i);
    if (row < own.first || row >= own.end) continue;
    const float *source = r->source + i * r->width;
    for (int64_t j = 0; j < r->width; j++) r->result[row * r->width + j] += source[j];
  }
}

static void copy(const saddle_copy *c, saddle_share share) {
  saddle_range own = saddle_part(c->count, SADDLE_TILE, share);
  size_t count = (size_t)(own.end - own.first);
  memcpy(c->result + own.first, c->source + own.first, count * sizeof(float));
}

// What `pixels` per image send through each tap.
static int64_t narrow_workspace(const saddle_convolution *g, int pixels, int channels) {
  int64_t taps = (int64_t)g->kernel_rows * g->kernel_columns * channels;
  return SADDLE_PRODUCT_FLOATS + taps * pixels * saddle_narrow_images(pixels) +
         2 * SADDLE_NARROW_MARGIN;
}

int64_t saddle_workspace(saddle_step step) {
  const saddle_convolution *g = step.descriptor;
  switch (step.kind) {
    case SADDLE_STEP_PRODUCT: return SADDLE_PRODUCT_FLOATS;
    case SADDLE_STEP_CONVOLUTION:
      return saddle_has_narrow_results(g) ? narrow_workspace(g, g->height * g->width, g->features)
                                          : SADDLE_CONVOLUTION_FLOATS;
    case SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT:
      return saddle_has_narrow_images(g) ? narrow_workspace(g, g->rows * g->columns, g->channels)
                                         : SADDLE_CONVOLUTION_FLOATS;
    case SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT: {
      int64_t taps = (int64_t)g->features * g->kernel_rows * g->kernel_columns;
      return SADDLE_PRODUCT_FLOATS +
             (saddle_has_narrow_results(g) ? taps * SADDLE_MOVED_STRIDE : SADDLE_RUN_FLOATS);
    }
    case SADDLE_STEP_ELEMENTWISE: {
      const saddle_elementwise *program = step.descriptor;
      int64_t pointer_floats = sizeof(float *) / sizeof(float);
      return program->operand_count * (SADDLE_TILE_STRIDE + pointer_floats);
    }
    default: return 0;
  }
}

void saddle_compute(
    const saddle_kernels *kernels, saddle_step step, saddle_share share, float *workspace) {
  const void *descriptor = step.descriptor;
  switch (step.kind) {
    case SADDLE_STEP_PRODUCT: kernels->product(descriptor, share, workspace); break;
    case SADDLE_STEP_CONVOLUTION: kernels->convolution(descriptor, share, workspace); break;
    case SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT:
      kernels->convolution_input_gradient(descriptor, share, workspace);
      break;
    case SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT:
      kernels->convolution_weight_gradient(descriptor, share, workspace);
      break;
    case SADDLE_STEP_ELEMENTWISE: kernels->elementwise(descriptor, share, workspace); break;
    case SADDLE_STEP_REDUCTION: kernels->reduction(descriptor, share); break;
    case SADDLE_STEP_PERMUTATION: saddle_permute(descriptor, share); break;
    case SADDLE_STEP_PLACEMENT: saddle_place(descriptor, share); break;
    case SADDLE_STEP_GATHER: gather_rows(descriptor, share); break;
    case SADDLE_STEP_SCATTER: scatter_rows(descriptor, share); break;
    case SADDLE_STEP_COPY: copy(descriptor, share); break;
  }
}

void saddle_run(
    const saddle_kernels *kernels, const saddle_step *steps, int64_t count, float *workspace) {
  for (int64_t s = 0; s < count; s++) saddle_compute(kernels, steps[s], SADDLE_WHOLE, workspace);
}
