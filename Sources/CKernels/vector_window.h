// Reading the windows of images [n, h, w, c], included once per instruction set.

// Window (image, i, j) covers kernel_rows * kernel_columns pixels from row i * stride_y - top and
// column j * stride_x - left on. Its elements (row, column, channel) are counted in row-major
// order; those outside of the image are zero.
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

// The first window of the next row.
INLINE window_position next_row(const windows *g, window_position p) {
  p.column = 0;
  if (++p.row == g->rows) {
    p.row = 0;
    p.image++;
  }
  return p;
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

// Elements begin..<begin + length of one kernel row, for the windows from..<end of a row, one
// window every `stride` floats.
INLINE void pack_line(
    const windows *g, const float *line, int from, int end, int begin, const int length,
    int stride, float *restrict packed) {
  int step = g->stride_x * g->channels, size = g->width * g->channels;
  int start = (from * g->stride_x - g->left) * g->channels + begin;
  for (int j = from; j < end; j++) {
    if (start >= 0 && start <= size - length) {
      copy_floats(line + start, length, packed);
    } else {
      copy_clipped(line, start, length, size, packed);
    }
    start += step;
    packed += stride;
  }
}

// The same for `count` windows from `p` on, whatever rows and images they are in.
INLINE void pack_run(
    const windows *g, window_position p, int count, int kernel_row, int begin, const int length,
    int stride, float *restrict packed) {
  int64_t size = (int64_t)g->width * g->channels, done = 0;
  while (done < count) {
    int end = smaller(g->columns, p.column + count - (int)done);
    int row = p.row * g->stride_y - g->top + kernel_row;
    if (row >= 0 && row < g->height) {
      const float *line = g->images + (p.image * g->height + row) * size;
      pack_line(g, line, p.column, end, begin, length, stride, packed + done * stride);
    } else {
      for (int64_t m = done; m < done + end - p.column; m++) {
        clear_floats(length, packed + m * stride);
      }
    }
    done += end - p.column;
    p = next_row(g, p);
  }
}

// Elements first..<first + depth of `count` windows from `p` on, one window every `stride` floats.
static void pack_windows(
    const windows *g, window_position p, int count, int first, int depth, int stride,
    float *restrict packed) {
  int line = g->kernel_columns * g->channels;
  for (int done = 0; done < depth;) {
    int kernel_row = (first + done) / line, begin = (first + done) % line;
    int length = smaller(line - begin, depth - done);
    if (length == PANEL) {
      pack_run(g, p, count, kernel_row, begin, PANEL, stride, packed + done);
    } else {
      pack_run(g, p, count, kernel_row, begin, length, stride, packed + done);
    }
    done += length;
  }
}
