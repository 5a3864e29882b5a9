// Convolutions and their gradients, included once per instruction set: products whose left factor,
// the windows of a batch of images, is laid out piece by piece while it is needed.

// A matrix of one row per window element (row, column, channel) and one column per result.
typedef struct {
  const float *memory;
  int64_t row, column, channel, result;
} taps;

// Where the result of window (image, i, j) begins.
typedef struct {
  float *memory;
  int64_t image, row, column;
} grid;

// Rows first..<first + depth of the matrix for results from_result..<from_result + columns.
static void pack_taps(
    const taps *w, const windows *g, int first, int depth, int from_result, int columns,
    float *packed) {
  int width = panel_width(columns), channels = g->channels;
  const float *memory = w->memory + from_result * w->result;
  int is_linear = w->column == channels * w->channel && w->row == g->kernel_columns * w->column;
  if (is_linear) {
    pack_panel(memory + first * w->channel, w->channel, w->result, depth, columns, width, packed);
    return;
  }
  for (int done = 0; done < depth;) {
    int tap = (first + done) / channels, begin = (first + done) % channels;
    int length = smaller(channels - begin, depth - done);
    int64_t offset = tap / g->kernel_columns * w->row + tap % g->kernel_columns * w->column +
                     begin * w->channel;
    pack_panel(
        memory + offset, w->channel, w->result, length, columns, width,
        packed + (int64_t)done * width);
    done += length;
  }
}

// One block of the contraction for all windows and `columns` results.
static void multiply_windows(
    const windows *g, int64_t images, int first, int depth, const float *panels, grid y,
    int columns, float *strip) {
  int64_t total = images * g->rows * g->columns;
  window_position p = position_of(g, 0);
  for (int64_t m = 0; m < total; m += ROWS) {
    int rows = total - m < ROWS ? (int)(total - m) : ROWS;
    pack_windows(g, p, rows, first, depth, SADDLE_STRIP_STRIDE, strip);
    int64_t offsets[ROWS];
    for (int i = 0; i < rows; i++) {
      offsets[i] = p.image * y.image + p.row * y.row + p.column * y.column;
      p = position_after(g, p);
    }
    for (int j = 0; j < columns; j += PANEL) {
      product_rows(
          rows, smaller(columns - j, PANEL), depth, strip, SADDLE_STRIP_STRIDE, 1,
          panels + (int64_t)j * depth, y.memory + j, offsets, first > 0);
    }
  }
}

// y[window, j] = the sum over p of window[p] * w[p, j].
static void convolve_windows(
    const windows *g, int64_t images, taps w, grid y, int results, float *workspace) {
  int elements = g->kernel_rows * g->kernel_columns * g->channels;
  float *strip = workspace, *panels = workspace + SADDLE_STRIP;
  for (int from = 0; from < results; from += SADDLE_RESULTS_AT_ONCE) {
    int columns = smaller(results - from, SADDLE_RESULTS_AT_ONCE);
    grid part = y;
    part.memory += from;
    for (int first = 0; first < elements; first += SADDLE_CONTRACTION_BLOCK) {
      int depth = smaller(elements - first, SADDLE_CONTRACTION_BLOCK);
      for (int j = 0; j < columns; j += PANEL) {
        pack_taps(
            &w, g, first, depth, from + j, smaller(columns - j, PANEL),
            panels + (int64_t)j * depth);
      }
      multiply_windows(g, images, first, depth, panels, part, columns, strip);
    }
  }
}

static windows windows_of(const saddle_convolution *g) {
  return (windows){
      .images = g->images,
      .height = g->height,
      .width = g->width,
      .channels = g->channels,
      .rows = g->rows,
      .columns = g->columns,
      .kernel_rows = g->kernel_rows,
      .kernel_columns = g->kernel_columns,
      .stride_y = g->stride_y,
      .stride_x = g->stride_x,
      .top = g->top,
      .left = g->left,
  };
}

static void convolution(const saddle_convolution *g, float *workspace) {
  windows x = windows_of(g);
  int64_t column = g->channels, row = g->kernel_columns * column;
  taps w = {g->weights, row, column, 1, g->kernel_rows * row};
  int64_t pixel = g->features, line = g->columns * pixel;
  grid y = {g->results, g->rows * line, line, pixel};
  convolve_windows(&x, g->count, w, y, g->features, workspace);
}

// ---- The gradient by the images -------------------------------------------------------------

// Along one axis, the pixels `phase`, `phase + stride`, ... of the images: each receives from `taps`
// consecutive windows, the first of them `before` windows before the pixel's own index, through the
// kernel's positions `last`, `last - stride`, ...
typedef struct {
  int pixels, taps, before, last;
} phase_axis;

static phase_axis phase_of(int phase, int extent, int kernel, int stride, int padding) {
  phase_axis axis;
  int remainder = (phase + padding) % stride;
  int first = remainder < 0 ? remainder + stride : remainder;
  axis.pixels = (extent - phase + stride - 1) / stride;
  axis.taps = first < kernel ? (kernel - first + stride - 1) / stride : 0;
  axis.last = first + (axis.taps - 1) * stride;
  axis.before = axis.taps - 1 - (phase + padding - first) / stride;
  return axis;
}

static void clear_grid(grid y, int64_t images, int rows, int columns, int count) {
  for (int64_t n = 0; n < images; n++) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        clear_floats(count, y.memory + n * y.image + i * y.row + j * y.column);
      }
    }
  }
}

// For one phase of the stride the gradient is a convolution of dy with every stride-th kernel row
// and column in reverse.
static void input_gradient_phase(
    const saddle_convolution *g, int phase_y, int phase_x, float *workspace) {
  phase_axis vertical = phase_of(phase_y, g->height, g->kernel_rows, g->stride_y, g->top);
  phase_axis horizontal = phase_of(phase_x, g->width, g->kernel_columns, g->stride_x, g->left);
  int64_t pixel = g->channels, line = g->width * pixel;
  grid dx = {
      g->images + phase_y * line + phase_x * pixel, g->height * line, g->stride_y * line,
      g->stride_x * pixel};
  if (vertical.taps == 0 || horizontal.taps == 0) {
    clear_grid(dx, g->count, vertical.pixels, horizontal.pixels, g->channels);
    return;
  }
  int64_t column = g->channels, row = g->kernel_columns * column;
  taps w = {
      g->weights + vertical.last * row + horizontal.last * column, -g->stride_y * row,
      -g->stride_x * column, g->kernel_rows * row, 1};
  windows dy = {
      .images = g->results,
      .height = g->rows,
      .width = g->columns,
      .channels = g->features,
      .rows = vertical.pixels,
      .columns = horizontal.pixels,
      .kernel_rows = vertical.taps,
      .kernel_columns = horizontal.taps,
      .stride_y = 1,
      .stride_x = 1,
      .top = vertical.before,
      .left = horizontal.before,
  };
  convolve_windows(&dy, g->count, w, dx, g->channels, workspace);
}

static void convolution_input_gradient(const saddle_convolution *g, float *workspace) {
  for (int phase_y = 0; phase_y < g->stride_y && phase_y < g->height; phase_y++) {
    for (int phase_x = 0; phase_x < g->stride_x && phase_x < g->width; phase_x++) {
      input_gradient_phase(g, phase_y, phase_x, workspace);
    }
  }
}

// ---- The gradient by the weights ------------------------------------------------------------

// dw[o, p] = the sum over windows of dy[window, o] * window[p].
static void convolution_weight_gradient(const saddle_convolution *g, float *workspace) {
  windows x = windows_of(g);
  int elements = g->kernel_rows * g->kernel_columns * g->channels;
  int64_t total = (int64_t)g->count * g->rows * g->columns;
  int64_t offsets[ROWS];
  row_offsets(elements, offsets);
  for (int64_t first = 0; first < total; first += SADDLE_CONTRACTION_BLOCK) {
    int depth = total - first < SADDLE_CONTRACTION_BLOCK ? (int)(total - first)
                                                         : SADDLE_CONTRACTION_BLOCK;
    window_position p = position_of(&x, first);
    const float *dy = g->results + first * g->features;
    for (int j = 0; j < elements; j += PANEL) {
      int columns = smaller(elements - j, PANEL), width = panel_width(columns);
      if (columns < width) clear_floats(depth * width, workspace);
      pack_windows(&x, p, depth, j, columns, width, workspace);
      for (int o = 0; o < g->features; o += ROWS) {
        product_rows(
            smaller(g->features - o, ROWS), columns, depth, dy + o, 1, g->features, workspace,
            g->weights + (int64_t)o * elements + j, offsets, first > 0);
      }
    }
  }
}
