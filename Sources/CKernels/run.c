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

// The offset of flat index `index` and the coordinates that it has.
static int64_t locate(
    int64_t index, int axes, const int32_t *extent, const int32_t *stride, int32_t *coordinate) {
  int64_t offset = 0;
  for (int d = axes - 1; d >= 0; d--) {
    coordinate[d] = (int32_t)(index % extent[d]);
    index /= extent[d];
    offset += (int64_t)coordinate[d] * stride[d];
  }
  return offset;
}

static void gather_strided(
    const float *memory, int axes, const int32_t *extent, const int32_t *stride, int64_t first,
    int64_t count, float *result) {
  int32_t coordinate[SADDLE_MAX_AXES];
  int64_t offset = locate(first, axes, extent, stride, coordinate);
  for (int64_t i = 0; i < count; i++) {
    result[i] = memory[offset];
    for (int d = axes - 1; d >= 0; d--) {
      offset += stride[d];
      if (++coordinate[d] < extent[d]) break;
      offset -= (int64_t)extent[d] * stride[d];
      coordinate[d] = 0;
    }
  }
}

void saddle_gather(const saddle_operand *operand, int64_t first, int count, float *result) {
  int64_t period = operand->period;
  switch (operand->access) {
    case SADDLE_PERIODIC: {
      int64_t position = first % period;
      for (int done = 0; done < count;) {
        int64_t run = period - position < count - done ? period - position : count - done;
        memcpy(result + done, operand->memory + position, (size_t)run * sizeof(float));
        done += (int)run;
        position = 0;
      }
      break;
    }
    case SADDLE_REPEATED: {
      int64_t position = first / period, left = period - first % period;
      for (int done = 0; done < count;) {
        int64_t run = left < count - done ? left : count - done;
        float value = operand->memory[position++];
        for (int64_t i = 0; i < run; i++) result[done + i] = value;
        done += (int)run;
        left = period;
      }
      break;
    }
    default:
      gather_strided(
          operand->memory, operand->axes, operand->extent, operand->stride, first, count, result);
  }
}

static void permute(const saddle_permutation *p) {
  int64_t count = 1;
  for (int d = 0; d < p->axes; d++) count *= p->extent[d];
  gather_strided(p->source, p->axes, p->extent, p->stride, 0, count, p->result);
}

static void place(const saddle_placement *p) {
  memset(p->result, 0, (size_t)p->count * sizeof(float));
  int32_t inner = p->extent[p->axes - 1], step = p->stride[p->axes - 1];
  int64_t runs = 1;
  for (int d = 0; d < p->axes - 1; d++) runs *= p->extent[d];
  int32_t coordinate[SADDLE_MAX_AXES];
  const float *source = p->source;
  for (int64_t run = 0; run < runs; run++) {
    float *target =
        p->result + p->offset + locate(run, p->axes - 1, p->extent, p->stride, coordinate);
    for (int32_t i = 0; i < inner; i++) target[(int64_t)i * step] = source[i];
    source += inner;
  }
}

// The row that an index counts to, or -1.
static int64_t table_row(const saddle_rows *r, int64_t i) {
  float index = r->indices[i];
  return index >= 0.0f && index < (float)r->table_rows ? (int64_t)index : -1;
}

static void gather_rows(const saddle_rows *r) {
  size_t size = (size_t)r->width * sizeof(float);
  for (int64_t i = 0; i < r->count; i++) {
    int64_t row = table_row(r, i);
    float *target = r->result + i * r->width;
    if (row < 0) {
      memset(target, 0, size);
    } else {
      memcpy(target, r->source + row * r->width, size);
    }
  }
}

static void scatter_rows(const saddle_rows *r) {
  memset(r->result, 0, (size_t)(r->table_rows * r->width) * sizeof(float));
  for (int64_t i = 0; i < r->count; i++) {
    int64_t row = table_row(r, i);
    if (row < 0) continue;
    for (int64_t j = 0; j < r->width; j++) r->result[row * r->width + j] += r->source[i * r->width + j];
  }
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
             (saddle_has_narrow_results(g) ? taps * SADDLE_MOVED_STRIDE : 0);
    }
    default: return 0;
  }
}

void saddle_run(
    const saddle_kernels *kernels, const saddle_step *steps, int64_t count, float *workspace) {
  for (int64_t s = 0; s < count; s++) {
    const void *descriptor = steps[s].descriptor;
    switch (steps[s].kind) {
      case SADDLE_STEP_PRODUCT: kernels->product(descriptor, workspace); break;
      case SADDLE_STEP_CONVOLUTION: kernels->convolution(descriptor, workspace); break;
      case SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT:
        kernels->convolution_input_gradient(descriptor, workspace);
        break;
      case SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT:
        kernels->convolution_weight_gradient(descriptor, workspace);
        break;
      case SADDLE_STEP_ELEMENTWISE: kernels->elementwise(descriptor); break;
      case SADDLE_STEP_REDUCTION: kernels->reduction(descriptor); break;
      case SADDLE_STEP_PERMUTATION: permute(descriptor); break;
      case SADDLE_STEP_PLACEMENT: place(descriptor); break;
      case SADDLE_STEP_GATHER: gather_rows(descriptor); break;
      case SADDLE_STEP_SCATTER: scatter_rows(descriptor); break;
      case SADDLE_STEP_COPY: {
        const saddle_copy *copy = descriptor;
        memmove(copy->result, copy->source, (size_t)copy->count * sizeof(float));
        break;
      }
    }
  }
}
