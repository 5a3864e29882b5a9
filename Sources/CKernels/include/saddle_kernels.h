#ifndef SADDLE_KERNELS_H
#define SADDLE_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Float32 kernels in several instruction sets. All of them give the same bits: contractions are
// chains of fused multiply-adds in ascending k, reductions have an order that depends on shapes
// alone, and elementary functions are made of basic IEEE operations.

// ---- Layouts --------------------------------------------------------------------------------

#define SADDLE_MAX_AXES 8

// The element at index x of an array lies at the sum of x[d] * stride[d]; at least one axis.
typedef struct {
  int32_t axes;
  int32_t extent[SADDLE_MAX_AXES];
  int32_t stride[SADDLE_MAX_AXES];
} saddle_layout;

// ---- Epilogues ------------------------------------------------------------------------------

typedef enum {
  SADDLE_NO_ACTIVATION,
  SADDLE_LEAKY,      // x times its slope
  SADDLE_RECTIFIED,  // max(x, 0)
} saddle_activation;

// What becomes of every finished element x of a contraction's result before it is stored: first it
// has the element of `row` for its column added; then its slope is `above` where x > 0, else
// `below`, and an activation is applied; then it is multiplied with its own element of `factor`.
// Null leaves a part out; `slopes` takes the slopes. Results of few columns have no epilogue.
typedef struct {
  const float *row;
  const float *factor;
  float *slopes;
  int32_t activation;
  float above, below;
} saddle_epilogue;

// The most channels of a result that its own vectors would be too empty for.
#define SADDLE_NARROW_CHANNELS 4

// ---- Products -------------------------------------------------------------------------------

// Partial sums of a contraction are taken over blocks of this many terms and added in order.
#define SADDLE_CONTRACTION_BLOCK 512

// c[i, j] = sum over p of a[i, p] * b[p, j], with c contiguous and any strides for a and b.
typedef struct {
  const float *a;
  const float *b;
  float *c;
  int32_t m, n, k;
  int32_t a_row, a_column;
  int32_t b_row, b_column;
  saddle_epilogue epilogue;
} saddle_product;

// ---- Convolutions ---------------------------------------------------------------------------

// Images x [count, height, width, channels], weights w [features, kernel_rows, kernel_columns,
// channels] and results y [count, rows, columns, features] belong together as
//
//   y[n, i, j, o] = sum over a, b, c of
//     x[n, i * stride_y + a - top, j * stride_x + b - left, c] * w[o, a, b, c]
//
// where pixels outside of the image are zero: the extents say how far windows reach beyond it. The
// convolution reads images and weights and writes results; its two gradients are sums of the same
// products, by image or weight element: each kernel reads two of the three and writes the third.
typedef struct {
  float *images;
  float *weights;
  float *results;
  int32_t count;
  int32_t height, width, channels;
  int32_t kernel_rows, kernel_columns;
  int32_t rows, columns, features;
  int32_t stride_y, stride_x;
  int32_t top, left;
  saddle_epilogue epilogue;  // not of the gradient by the weights
} saddle_convolution;

// ---- Element-wise programs ------------------------------------------------------------------

typedef enum {
  SADDLE_COPY,
  SADDLE_NEGATE,
  SADDLE_ABSOLUTE,
  SADDLE_SIGN,
  SADDLE_STEP,
  SADDLE_RELU,
  SADDLE_SQUARE,
  SADDLE_SQRT,
  SADDLE_RECIPROCAL,
  SADDLE_EXP,
  SADDLE_EXPM1,
  SADDLE_LOG,
  SADDLE_LOG1P,
  SADDLE_TANH,
  SADDLE_SIGMOID,
  SADDLE_SOFTPLUS,
  SADDLE_ADD,
  SADDLE_SUBTRACT,
  SADDLE_MULTIPLY,
  SADDLE_DIVIDE,
  SADDLE_MAXIMUM,
  SADDLE_MINIMUM,
  SADDLE_GREATER,
  SADDLE_EQUAL,
  SADDLE_SELECT,
} saddle_operation;

// How an operand is found at flat index i of the iteration space.
typedef enum {
  SADDLE_CONTIGUOUS,  // memory[i]
  SADDLE_SCALAR,      // memory[0]
  SADDLE_PERIODIC,    // memory[i % period]: a row repeated
  SADDLE_REPEATED,    // memory[i / period]: each value repeated
  SADDLE_STRIDED,     // any layout
  SADDLE_REGISTER,    // a tile that lives only inside the program
} saddle_access;

#define SADDLE_TILE 512
// Floats from one tile of scratch to the next: not a power of two, so that tiles do not compete for
// the same sets of the first-level cache.
#define SADDLE_TILE_STRIDE 544

typedef struct {
  saddle_access access;
  int32_t period;
  float *memory;
  saddle_layout layout;
} saddle_operand;

typedef struct {
  uint8_t operation;
  uint8_t scalars;  // bit 0, 1, 2: operand a, b, c is a scalar
  uint16_t result, a, b, c;
} saddle_instruction;

// A straight-line program applied to every element of an iteration space of `count` elements.
typedef struct {
  int64_t count;
  int32_t tile;  // elements per tile, a multiple of every period that it covers
  int32_t operand_count;
  int32_t instruction_count;
  saddle_operand *operands;
  const saddle_instruction *instructions;
} saddle_elementwise;

// ---- Reductions, permutations, fills --------------------------------------------------------

// result[o, i] = the sum or maximum over r of source[o, r, i].
typedef struct {
  const float *source;
  float *result;
  int64_t outer, reduced, inner;
  int32_t is_maximum;
} saddle_reduction;

// result, contiguous: the elements of source in the order of its layout.
typedef struct {
  const float *source;
  float *result;
  saddle_layout layout;
} saddle_permutation;

// result, `count` elements, zero but for those of source, contiguous, which the layout places from
// `offset` on.
typedef struct {
  const float *source;
  float *result;
  int64_t count, offset;
  saddle_layout layout;
} saddle_placement;

// Gathering: result[i] = the row of source, a table, that indices[i] counts to. Scattering: result,
// a table, is the sum of the rows source[i], each added to the row that indices[i] counts to, in
// ascending i. An index outside of the table gives zeros, or nothing.
typedef struct {
  const float *source;
  const float *indices;
  float *result;
  int64_t count, table_rows, width;
} saddle_rows;

typedef struct {
  const float *source;
  float *result;
  int64_t count;
} saddle_copy;

// ---- Programs -------------------------------------------------------------------------------

typedef enum {
  SADDLE_STEP_PRODUCT,
  SADDLE_STEP_CONVOLUTION,
  SADDLE_STEP_CONVOLUTION_INPUT_GRADIENT,
  SADDLE_STEP_CONVOLUTION_WEIGHT_GRADIENT,
  SADDLE_STEP_ELEMENTWISE,
  SADDLE_STEP_REDUCTION,
  SADDLE_STEP_PERMUTATION,
  SADDLE_STEP_PLACEMENT,
  SADDLE_STEP_GATHER,
  SADDLE_STEP_SCATTER,
  SADDLE_STEP_COPY,
} saddle_step_kind;

typedef struct {
  int32_t kind;
  const void *descriptor;
} saddle_step;

// One of `count` shares of a step, which may be computed in any order or at the same time. They
// divide the elements of the result and never a sum, so their number does not reach the result.
typedef struct {
  int32_t index, count;
} saddle_share;

// ---- Instruction sets -----------------------------------------------------------------------

typedef struct {
  const char *name;
  void (*product)(const saddle_product *, saddle_share, float *workspace);
  void (*convolution)(const saddle_convolution *, saddle_share, float *workspace);
  void (*convolution_input_gradient)(const saddle_convolution *, saddle_share, float *workspace);
  void (*convolution_weight_gradient)(const saddle_convolution *, saddle_share, float *workspace);
  void (*elementwise)(const saddle_elementwise *, saddle_share, float *workspace);
  void (*reduction)(const saddle_reduction *, saddle_share);
  void (*normal)(uint64_t key, uint64_t step, float *out, size_t count);
  void (*uniform)(uint64_t key, uint64_t step, float *out, size_t count);
  // Runs as many independent chains x = x / 2 + 1 of fused multiply-adds as a product's register
  // block has elements, each `rounds` long. Writes their sum for one lane, 2 per chain when they
  // are long, and returns the floating-point operations, two per multiply-add.
  int64_t (*multiply_add)(int64_t rounds, float *result);
} saddle_kernels;

// The kernels called `avx512`, `avx2` or `portable`; null when this machine cannot run them.
const saddle_kernels *saddle_kernels_named(const char *name);
// The fastest that this machine can run.
const saddle_kernels *saddle_kernels_best(void);

// The floats of workspace that each share of a step needs, whatever the instruction set.
int64_t saddle_workspace(saddle_step step);

// Computes one share of a step. The workspace belongs to this share while it is computed.
void saddle_compute(
    const saddle_kernels *kernels, saddle_step step, saddle_share share, float *workspace);

// Computes `count` steps in order. The workspace holds as many floats as any of them needs.
void saddle_run(
    const saddle_kernels *kernels, const saddle_step *steps, int64_t count, float *workspace);

#endif
