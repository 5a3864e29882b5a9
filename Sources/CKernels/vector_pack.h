// Packed panels, included once per instruction set: the right factor of a product as rows of few
// whole vectors, which the register block reads in order.

#define PANEL (VECTORS * W)

// Floats in a packed row of `columns` columns.
INLINE int panel_width(int columns) { return columns <= W ? W : PANEL; }

typedef float quad __attribute__((ext_vector_type(4), aligned(4)));

INLINE int smaller(int a, int b) { return a < b ? a : b; }
INLINE int larger(int a, int b) { return a > b ? a : b; }
INLINE int round_up(int a, int unit) { return (a + unit - 1) / unit * unit; }

// By halves of halves rather than one by one, since most runs are short.
INLINE void copy_floats(const float *source, const int count, float *restrict target) {
  int i = 0;
  for (; i + W <= count; i += W) *(vf *)(target + i) = *(const vf *)(source + i);
  int rest = count - i;
  if (W > 8 && (rest & 8)) {
    *(quad *)(target + i) = *(const quad *)(source + i);
    *(quad *)(target + i + 4) = *(const quad *)(source + i + 4);
    i += 8;
  }
  if (W > 4 && (rest & 4)) {
    *(quad *)(target + i) = *(const quad *)(source + i);
    i += 4;
  }
  if (rest & 2) {
    target[i] = source[i];
    target[i + 1] = source[i + 1];
    i += 2;
  }
  if (rest & 1) target[i] = source[i];
}

INLINE void clear_floats(int count, float *target) {
  for (int i = 0; i < count; i++) target[i] = 0;
}

// ---- Transposition --------------------------------------------------------------------------

// The elements of two vectors in turn: those of their first halves, and of their second.
#if W == 16
#define FIRST_HALVES(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define SECOND_HALVES(a, b) \
  __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif W == 8
#define FIRST_HALVES(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define SECOND_HALVES(a, b) __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define FIRST_HALVES(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define SECOND_HALVES(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#endif

// Copies W columns of W rows, one column every `source_stride` floats, to rows. Each round takes
// one bit of the row's number to the place of the lane's.
INLINE void transpose_block(
    const float *source, int64_t source_stride, float *restrict target, int64_t target_stride) {
  vf rows[W];
#pragma clang loop unroll(full)
  for (int i = 0; i < W; i++) rows[i] = *(const vf *)(source + i * source_stride);
#pragma clang loop unroll(full)
  for (int round = 1; round < W; round *= 2) {
    vf turned[W];
#pragma clang loop unroll(full)
    for (int i = 0; i < W / 2; i++) {
      turned[2 * i] = FIRST_HALVES(rows[i], rows[i + W / 2]);
      turned[2 * i + 1] = SECOND_HALVES(rows[i], rows[i + W / 2]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < W; i++) rows[i] = turned[i];
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < W; i++) *(vf *)(target + i * target_stride) = rows[i];
}

// Columns that are contiguous in memory, W at a time; returns how many columns are done.
static int pack_transposed(
    const float *b, int64_t b_column, int depth, int columns, int width, float *restrict packed) {
  int j = 0;
  for (; j + W <= columns; j += W) {
    const float *source = b + j * b_column;
    int p = 0;
    for (; p + W <= depth; p += W) {
      transpose_block(source + p, b_column, packed + (int64_t)p * width + j, width);
    }
    for (; p < depth; p++) {
      for (int i = 0; i < W; i++) packed[(int64_t)p * width + j + i] = source[i * b_column + p];
    }
  }
  return j;
}

// ---- Panels ---------------------------------------------------------------------------------

// Rows of `vectors` whole vectors, a compile-time constant at every call.
INLINE void pack_whole_rows(
    const float *b, int64_t b_row, int depth, const int vectors, float *restrict packed) {
  for (int p = 0; p < depth; p++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) *(vf *)(packed + v * W) = *(const vf *)(b + v * W);
    packed += vectors * W;
    b += b_row;
  }
}

// Rows of panel_width(columns) floats, the first at `memory`, one every `row` floats.
typedef struct {
  const float *memory;
  int64_t row;
} panel;

// Packs b[0..<depth, 0..<columns] into rows of `width` floats, zero beyond `columns`.
static void pack_panel(
    const float *b, int64_t b_row, int64_t b_column, int depth, int columns, int width,
    float *restrict packed) {
  if (b_column == 1 && columns == width) {
    if (width == W) return pack_whole_rows(b, b_row, depth, 1, packed);
    return pack_whole_rows(b, b_row, depth, VECTORS, packed);
  }
  if (b_column == 1) {
    for (int p = 0; p < depth; p++) {
      copy_floats(b + p * b_row, columns, packed + (int64_t)p * width);
      clear_floats(width - columns, packed + (int64_t)p * width + columns);
    }
    return;
  }
  int first = b_row == 1 ? pack_transposed(b, b_column, depth, columns, width, packed) : 0;
  for (int j = first; j < columns; j++) {
    const float *source = b + j * b_column;
    for (int p = 0; p < depth; p++) packed[(int64_t)p * width + j] = source[p * b_row];
  }
  for (int j = columns; j < width; j++) {
    for (int p = 0; p < depth; p++) packed[(int64_t)p * width + j] = 0;
  }
}

// The same as a panel, which is read where it lies if it is needed by one block of rows alone.
static panel panel_of(
    const float *b, int64_t b_row, int64_t b_column, int depth, int columns, int blocks,
    float *restrict packed) {
  int width = panel_width(columns);
  if (blocks == 1 && b_column == 1 && columns == width) return (panel){b, b_row};
  pack_panel(b, b_row, b_column, depth, columns, width, packed);
  return (panel){packed, width};
}
