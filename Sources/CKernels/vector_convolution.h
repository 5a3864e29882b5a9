// Convolutions, included once per instruction set: products whose left factor, the windows of a
// batch of images, is read where it lies. Padding is left out.

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

// The windows of one row of a batch part that see the same part of the kernel: columns
// from_column..<end_column of `count` images from `image` on.
typedef struct {
  int64_t image;
  int32_t count, row, from_column, end_column;
} window_group;

// The first and the end of the kernel's positions that meet 0..<extent when it begins at `start`.
INLINE int kernel_begin(int start) { return start < 0 ? -start : 0; }
INLINE int kernel_end(int start, int kernel, int extent) { return smaller(kernel, extent - start); }

// The end of the windows from `column` on that see the same columns of the kernel.
static int end_of_equal_columns(const windows *g, int column) {
  int start = column * g->stride_x - g->left;
  int begin = kernel_begin(start), end = kernel_end(start, g->kernel_columns, g->width);
  for (int next = column + 1; next < g->columns; next++) {
    start = next * g->stride_x - g->left;
    if (kernel_begin(start) != begin) return next;
    if (kernel_end(start, g->kernel_columns, g->width) != end) return next;
  }
  return g->columns;
}

// Part of a contraction over a window's elements: `depth` of them from `first` on, in blocks of
// SADDLE_CONTRACTION_BLOCK, as runs that lie inside of the image. The weights of each PANEL results
// are one panel of `depth` rows. Where it is the last part, `epilogue` ends the results from column
// `from_result` on of the array that begins at `result`.
typedef struct {
  int32_t first, depth;
  int32_t from_result;
  const float *result;
  const saddle_epilogue *epilogue;
  const float *panels;
  contraction_run *runs;
  int32_t run_begin[SADDLE_BLOCKS_AT_ONCE], run_end[SADDLE_BLOCKS_AT_ONCE];
} contraction_part;

// Appends the runs from..<end of a window's elements to the first `count` ones.
static int find_runs(
    const windows *g, const window_group *group, const contraction_part *part, int first, int end,
    int count) {
  int y = group->row * g->stride_y - g->top, x = group->from_column * g->stride_x - g->left;
  int begin = kernel_begin(x) * g->channels;
  int length = kernel_end(x, g->kernel_columns, g->width) * g->channels - begin;
  int line = g->kernel_columns * g->channels;
  for (int a = kernel_begin(y); a < kernel_end(y, g->kernel_rows, g->height); a++) {
    int from = larger(a * line + begin, first);
    int to = smaller(a * line + begin + length, end);
    if (from >= to) continue;
    contraction_run *run = &part->runs[count++];
    run->left = (int64_t)a * g->width * g->channels + (from - a * line);
    run->right = from - part->first;
    run->length = to - from;
  }
  return count;
}

static void find_all_runs(const windows *g, const window_group *group, contraction_part *part) {
  int end = part->first + part->depth, count = 0;
  for (int b = 0, first = part->first; first < end; b++, first += SADDLE_CONTRACTION_BLOCK) {
    part->run_begin[b] = count;
    count = find_runs(
        g, group, part, first, smaller(end, first + SADDLE_CONTRACTION_BLOCK), count);
    part->run_end[b] = count;
  }
}

// A part of the contraction for up to ROWS windows, which begin at `from`, and `columns` results.
static void multiply_strip(
    const windows *g, const contraction_part *part, int rows, const int64_t *from,
    const int64_t *to, float *y, int columns) {
  int blocks = (part->depth + SADDLE_CONTRACTION_BLOCK - 1) / SADDLE_CONTRACTION_BLOCK;
  for (int j = 0; j < columns; j += PANEL) {
    panel_end panel, *end = NULL;
    if (part->epilogue != NULL) {
      panel = end_of_panel(part->epilogue, part->result, part->from_result + j);
      end = &panel;
    }
    for (int b = 0; b < blocks; b++) {
      int accumulate = part->first > 0 || b > 0, is_last = b + 1 == blocks;
      int begin = part->run_begin[b], count = part->run_end[b] - begin;
      // Where the image has nothing of the first block, the sum begins with zero all the same.
      if (count > 0 || !accumulate) {
        product_runs(
            rows, smaller(columns - j, PANEL), part->runs + begin, count, g->images, from, 1,
            part->panels + (int64_t)j * part->depth, y + j, to, accumulate, is_last ? end : NULL);
      } else if (is_last && end != NULL) {
        finish_rows(end, rows, smaller(columns - j, PANEL), y + j, to);
      }
    }
  }
}

static void multiply_group(
    const windows *g, const window_group *group, const contraction_part *part, grid y,
    int columns) {
  int64_t line = (int64_t)g->width * g->channels, image_size = g->height * line;
  int64_t top = ((int64_t)group->row * g->stride_y - g->top) * line;
  int total = group->count * (group->end_column - group->from_column);
  int64_t image = group->image, column = group->from_column;
  for (int m = 0; m < total; m += ROWS) {
    int rows = smaller(total - m, ROWS);
    int64_t from[ROWS], to[ROWS];
    for (int i = 0; i < rows; i++) {
      from[i] = image * image_size + top + (column * g->stride_x - g->left) * g->channels;
      to[i] = image * y.image + group->row * y.row + column * y.column;
      if (++column == group->end_column) {
        column = group->from_column;
        image++;
      }
    }
    multiply_strip(g, part, rows, from, to, y.memory, columns);
  }
}

// Images whose rows under one row of windows stay in the second-level cache together: a multiple of
// every ROWS where that is possible.
static int images_at_once(const windows *g) {
  int64_t size = (int64_t)g->kernel_rows * g->width * g->channels;
  int64_t count = SADDLE_WINDOW_FLOATS / size;
  return count < 12 ? larger((int)count, 1) : (int)(count / 12 * 12);
}

static void multiply_windows(
    const windows *g, saddle_range images, contraction_part *part, grid y, int columns) {
  int at_once = images_at_once(g);
  for (int image = images.first; image < images.end; image += at_once) {
    window_group group = {.image = image, .count = smaller(images.end - image, at_once)};
    for (group.row = 0; group.row < g->rows; group.row++) {
      for (int column = 0; column < g->columns; column = group.end_column) {
        group.from_column = column;
        group.end_column = end_of_equal_columns(g, column);
        find_all_runs(g, &group, part);
        multiply_group(g, &group, part, y, columns);
      }
    }
  }
}

// y[window, j] = the sum over p of window[p] * w[p, j]; y is a part of the array `result`, which has
// an epilogue.
static void convolve_windows(
    const windows *g, int images, taps w, grid y, int results, const float *result,
    const saddle_epilogue *epilogue, saddle_share share, float *workspace) {
  saddle_block own = saddle_block_of(images, 1, results, share);
  int elements = g->kernel_rows * g->kernel_columns * g->channels;
  float *panels = workspace + SADDLE_ALL_RUN_FLOATS;
  contraction_part part = {
      .panels = panels, .runs = (contraction_run *)workspace, .result = result};
  for (int from = own.columns.first; from < own.columns.end; from += SADDLE_RESULTS_AT_ONCE) {
    int columns = smaller(own.columns.end - from, SADDLE_RESULTS_AT_ONCE);
    int blocks = SADDLE_PANEL_FLOATS / (SADDLE_CONTRACTION_BLOCK * round_up(columns, PANEL));
    int at_once = smaller(blocks, SADDLE_BLOCKS_AT_ONCE) * SADDLE_CONTRACTION_BLOCK;
    grid target = y;
    target.memory += from;
    part.from_result = from;
    for (part.first = 0; part.first < elements; part.first += at_once) {
      part.depth = smaller(elements - part.first, at_once);
      int is_last = part.first + part.depth == elements;
      part.epilogue = is_last && has_epilogue(epilogue) ? epilogue : NULL;
      for (int j = 0; j < columns; j += PANEL) {
        pack_taps(
            &w, g, part.first, part.depth, from + j, smaller(columns - j, PANEL),
            panels + (int64_t)j * part.depth);
      }
      multiply_windows(g, own.rows, &part, target, columns);
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

static grid result_grid(const saddle_convolution *g) {
  int64_t pixel = g->features, line = g->columns * pixel;
  return (grid){g->results, g->rows * line, line, pixel};
}

// The pixels of all images whose rows and columns have one remainder each by the strides.
static grid image_grid(const saddle_convolution *g, int first_row, int first_column) {
  int64_t pixel = g->channels, line = g->width * pixel;
  return (grid){
      g->images + first_row * line + first_column * pixel, g->height * line, g->stride_y * line,
      g->stride_x * pixel};
}
