// Convolutions whose result has few channels, included once per instruction set. Vectors along so
// few channels would be almost empty. Instead one product gives what every pixel of the source
// sends through every tap of the kernel, pixels along the vectors; then each pixel of the result
// adds up, tap by tap, what it is sent.

// Along one axis: pixel u of `pixels` receives from the windows u - before, u - before + 1, ... of
// `taps` kernel positions: `first`, first + step, ...
typedef struct {
  int32_t pixels, taps, before, first, step;
} tap_axis;

// The pixels `phase`, phase + stride, ... of an image.
static tap_axis phase_of(int phase, int extent, int kernel, int stride, int padding) {
  int remainder = (phase + padding) % stride;
  int first = remainder < 0 ? remainder + stride : remainder;
  int taps = first < kernel ? (kernel - first + stride - 1) / stride : 0;
  return (tap_axis){
      .pixels = (extent - phase + stride - 1) / stride,
      .taps = taps,
      .before = taps - 1 - (phase + padding - first) / stride,
      .first = first + (taps - 1) * stride,
      .step = -stride,
  };
}

// Sums of `sent` [taps, images * height * width] over the taps of one phase, for `channels`
// results.
typedef struct {
  const float *sent;
  int64_t pixels;         // floats from one tap to the next
  int32_t height, width;  // of the source's images
  tap_axis vertical, horizontal;
  int32_t tap_row, tap_column, tap_channel;
  int32_t channels;
} tap_sum;

INLINE vi lane_indices(void) {
  vi lanes;
  for (int l = 0; l < W; l++) lanes[l] = l;
  return lanes;
}

// The results of W pixels from column `first` of row `row` on, of an image that begins at `image`.
INLINE vf sum_taps(const tap_sum *t, int64_t image, int row, int first, int channel) {
  vf sum = vf_splat(0.0f);
  vi lanes = lane_indices() + first;
  for (int a = 0; a < t->vertical.taps; a++) {
    int y = row - t->vertical.before + a;
    if (y < 0 || y >= t->height) continue;
    for (int b = 0; b < t->horizontal.taps; b++) {
      int shift = b - t->horizontal.before;
      if (first + W <= -shift || first >= t->width - shift) continue;
      int64_t tap = (t->vertical.first + a * t->vertical.step) * t->tap_row +
                    (t->horizontal.first + b * t->horizontal.step) * t->tap_column +
                    channel * t->tap_channel;
      const float *source =
          t->sent + tap * t->pixels + image + (int64_t)y * t->width + (first + shift);
      vi inside = (lanes >= -shift) & (lanes < t->width - shift);
      sum += choose(inside, *(const vf *)source, vf_splat(0.0f));
    }
  }
  return sum;
}

static void sum_all_taps(const tap_sum *t, int images, grid y) {
  for (int n = 0; n < images; n++) {
    int64_t image = (int64_t)n * t->height * t->width;
    for (int row = 0; row < t->vertical.pixels; row++) {
      for (int channel = 0; channel < t->channels; channel++) {
        float *target = y.memory + n * y.image + row * y.row + channel;
        for (int first = 0; first < t->horizontal.pixels; first += W) {
          vf sum = sum_taps(t, image, row, first, channel);
          int count = smaller(t->horizontal.pixels - first, W);
          for (int l = 0; l < count; l++) target[(first + l) * y.column] = sum[l];
        }
      }
    }
  }
}

// What `pixels` of the source send through each of `tap_count` taps, which are the rows of a matrix
// of `channels` columns: its rows and columns lie `row` and `column` floats apart.
static float *send_all(
    const float *source, int pixels, int channels, const float *taps, int tap_count, int row,
    int column, float *workspace) {
  // Vectors may begin before and end after the sums that they are about.
  float *sent = workspace + SADDLE_PRODUCT_FLOATS + SADDLE_NARROW_MARGIN;
  saddle_product product_of_taps = {
      .a = taps,
      .b = source,
      .c = sent,
      .m = tap_count,
      .n = pixels,
      .k = channels,
      .a_row = row,
      .a_column = column,
      .b_row = 1,
      .b_column = channels,
  };
  product(&product_of_taps, SADDLE_WHOLE, workspace);
  return sent;
}

static void narrow_convolution(
    const saddle_convolution *g, saddle_share share, float *workspace) {
  int taps = g->kernel_rows * g->kernel_columns;
  int at_once = saddle_narrow_images(g->height * g->width), size = g->height * g->width;
  tap_axis vertical = {g->rows, g->kernel_rows, g->top, 0, 1};
  tap_axis horizontal = {g->columns, g->kernel_columns, g->left, 0, 1};
  saddle_range own = saddle_part(g->count, at_once, share);
  for (int n = own.first; n < own.end; n += at_once) {
    int images = smaller(own.end - n, at_once);
    float *sent = send_all(
        g->images + (int64_t)n * size * g->channels, images * size, g->channels, g->weights,
        g->features * taps, g->channels, 1, workspace);
    tap_sum sum = {
        sent, (int64_t)images * size, g->height, g->width, vertical, horizontal,
        g->kernel_columns, 1, taps, g->features};
    grid y = result_grid(g);
    y.memory += n * y.image;
    sum_all_taps(&sum, images, y);
  }
}

static void narrow_input_gradient(
    const saddle_convolution *g, saddle_share share, float *workspace) {
  int row = g->kernel_columns * g->channels, taps = g->kernel_rows * row;
  int size = g->rows * g->columns, at_once = saddle_narrow_images(size);
  saddle_range own = saddle_part(g->count, at_once, share);
  for (int n = own.first; n < own.end; n += at_once) {
    int images = smaller(own.end - n, at_once);
    float *sent = send_all(
        g->results + (int64_t)n * size * g->features, images * size, g->features, g->weights,
        taps, 1, taps, workspace);
    for (int y = 0; y < g->stride_y && y < g->height; y++) {
      tap_axis vertical = phase_of(y, g->height, g->kernel_rows, g->stride_y, g->top);
      for (int x = 0; x < g->stride_x && x < g->width; x++) {
        tap_axis horizontal = phase_of(x, g->width, g->kernel_columns, g->stride_x, g->left);
        tap_sum sum = {
            sent, (int64_t)images * size, g->rows, g->columns, vertical, horizontal, row,
            g->channels, 1, g->channels};
        grid dx = image_grid(g, y, x);
        dx.memory += n * dx.image;
        sum_all_taps(&sum, images, dx);
      }
    }
  }
}

// dy of feature `feature`, moved by kernel position (a, b): what pixels first..<first + depth of
// the images meet there, zero where no window has them.
static void move_results(
    const saddle_convolution *g, int feature, int a, int b, int64_t first, int depth,
    float *restrict moved) {
  int column = (int)(first % g->width), row = (int)(first / g->width % g->height);
  int64_t image = first / g->width / g->height;
  for (int done = 0; done < depth;) {
    int count = smaller(g->width - column, depth - done);
    int i = row + g->top - a, j = column + g->left - b;
    int before = i < 0 || i >= g->rows ? count : smaller(larger(-j, 0), count);
    int end = larger(smaller(count, g->columns - j), before);
    int64_t window = (image * g->rows + i) * g->columns + j;
    clear_floats(before, moved + done);
    for (int l = before; l < end; l++) {
      moved[done + l] = g->results[(window + l) * g->features + feature];
    }
    clear_floats(count - end, moved + done + end);
    done += count;
    column = 0;
    if (++row == g->height) {
      row = 0;
      image++;
    }
  }
}

// dw[(o, a, b), c] = the sum over pixels of dy[o], moved by (a, b), times x[pixel, c].
static void narrow_weight_gradient(
    const saddle_convolution *g, saddle_share share, float *workspace) {
  int kernel = g->kernel_rows * g->kernel_columns;
  saddle_range taps = saddle_part(g->features * kernel, 1, share);
  int64_t total = (int64_t)g->count * g->height * g->width, offsets[ROWS];
  row_offsets(g->channels, offsets);
  float *moved = workspace + SADDLE_PRODUCT_FLOATS;
  for (int64_t first = 0; first < total; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = total - first < SADDLE_CONTRACTION_BLOCK ? (int)(total - first)
                                                         : SADDLE_CONTRACTION_BLOCK;
    for (int tap = taps.first; tap < taps.end; tap++) {
      int position = tap % kernel;
      move_results(
          g, tap / kernel, position / g->kernel_columns, position % g->kernel_columns, first,
          depth, moved + tap * SADDLE_MOVED_STRIDE);
    }
    for (int j = 0; j < g->channels; j += PANEL) {
      int columns = smaller(g->channels - j, PANEL);
      panel right = panel_of(
          g->images + first * g->channels + j, g->channels, 1, depth, columns,
          (int)saddle_units(taps.end - taps.first, ROWS), workspace);
      for (int tap = taps.first; tap < taps.end; tap += ROWS) {
        product_rows(
            smaller(taps.end - tap, ROWS), columns, depth, moved + tap * SADDLE_MOVED_STRIDE,
            SADDLE_MOVED_STRIDE, 1, right, g->weights + (int64_t)tap * g->channels + j,
            offsets, first > 0, NULL);
      }
    }
  }
}
