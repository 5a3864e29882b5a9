// Reading the windows of images [n, h, w, c], included once per instruction set.

// Window (image, i, j) covers kernel_rows * kernel_columns pixels from row i * stride_y - top and
// column j * stride_x - left on. Its elements (row, column, channel) are counted in row-major order;
// those outside of the image are zero.
typedef struct {
  const float *images;
  int32_t height, width, channels;
  int32_t rows, columns;  // windows down and across an image
  int32_t kernel_rows, kernel_columns;
  int32_t stride_y, stride_x;
  int32_t top, left;
} windows;

// The place of a window among all windows of a batch.
typedef struct {
  int64_t image;
  int32_t row, column;
} window_position;

INLINE window_position position_of(const windows *g, int64_t index) {
  window_position position;
  position.column = (int32_t)(index % g->columns);
  index /= g->columns;
  position.row = (int32_t)(index % g->rows);
  position.image = index / g->rows;
  return position;
}

INLINE window_position position_after(const windows *g, window_position p) {
  if (++p.column < g->columns) return p;
  p.column = 0;
  if (++p.row < g->rows) return p;
  p.row = 0;
  p.image++;
  return p;
}

INLINE void copy_floats(const float *source, int count, float *restrict target) {
  int i = 0;
  for (; i + W <= count; i += W) *(vf *)(target + i) = *(const vf *)(source + i);
  for (; i + 4 <= count; i += 4) *(quad *)(target + i) = *(const quad *)(source + i);
  for (; i < count; i++) target[i] = source[i];
}

INLINE void clear_floats(int count, float *target) {
  for (int i = 0; i < count; i++) target[i] = 0;
}

// Elements start..<start + count of an image's row of `length` elements, zero outside of it.
static void copy_clipped(
    const float *row, int64_t start, int count, int length, float *restrict target) {
  int before = start < 0 ? (int)(-start < count ? -start : count) : 0;
  int64_t inside = length - (start + before);
  int copied = inside < 0 ? 0 : (inside < count - before ? (int)inside : count - before);
  clear_floats(before, target);
  copy_floats(row + start + before, copied, target + before);
  clear_floats(count - before - copied, target + before + copied);
}

// One run of a window's elements: part of one kernel row, for `count` windows in a row.
INLINE void pack_run(
    const windows *g, window_position p, int count, int kernel_row, int begin, const int length,
    int stride, float *restrict packed) {
  int row_length = g->width * g->channels;
  int64_t image_size = (int64_t)g->height * row_length;
  for (int m = 0; m < count; m++) {
    int row = p.row * g->stride_y - g->top + kernel_row;
    int64_t start = ((int64_t)p.column * g->stride_x - g->left) * g->channels + begin;
    const float *source = g->images + p.image * image_size + (int64_t)row * row_length;
    if (row < 0 || row >= g->height) {
      clear_floats(length, packed);
    } else if (start >= 0 && start + length <= row_length) {
      copy_floats(source + start, length, packed);
    } else {
      copy_clipped(source, start, length, row_length, packed);
    }
    packed += stride;
    p = position_after(g, p);
  }
}

// Elements first..<first + depth of `count` windows from `p` on, one window every `stride` floats.
static void pack_windows(
    const windows *g, window_position p, int count, int first, int depth, int stride,
    float *restrict packed) {
  int run = g->kernel_columns * g->channels;
  for (int done = 0; done < depth;) {
    int kernel_row = (first + done) / run, begin = (first + done) % run;
    int length = smaller(run - begin, depth - done);
    if (length == PANEL) {
      pack_run(g, p, count, kernel_row, begin, PANEL, stride, packed + done);
    } else {
      pack_run(g, p, count, kernel_row, begin, length, stride, packed + done);
    }
    done += length;
  }
}
