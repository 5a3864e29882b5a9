#include <string.h>

#include "internal.h"

// Copies from and to arrays of any strides, in runs along the last axis.

// A place in an array: the coordinates of all axes but the last, and the offset that they have.
typedef struct {
  const saddle_layout *layout;
  int32_t coordinate[SADDLE_MAX_AXES];
  int64_t offset;
} strided_place;

// The place of the run that flat index `index` is in.
static strided_place place_of(int64_t index, const saddle_layout *layout) {
  strided_place place = {.layout = layout};
  index /= layout->extent[layout->axes - 1];
  for (int d = layout->axes - 2; d >= 0; d--) {
    place.coordinate[d] = (int32_t)(index % layout->extent[d]);
    index /= layout->extent[d];
    place.offset += (int64_t)place.coordinate[d] * layout->stride[d];
  }
  return place;
}

static void advance(strided_place *place) {
  const saddle_layout *layout = place->layout;
  for (int d = layout->axes - 2; d >= 0; d--) {
    place->offset += layout->stride[d];
    if (++place->coordinate[d] < layout->extent[d]) return;
    place->offset -= (int64_t)layout->extent[d] * layout->stride[d];
    place->coordinate[d] = 0;
  }
}

static void copy_run(const float *source, int32_t stride, int64_t count, float *result) {
  if (stride == 1) {
    memcpy(result, source, (size_t)count * sizeof(float));
  } else if (stride == 0) {
    float value = *source;
    for (int64_t i = 0; i < count; i++) result[i] = value;
  } else {
    for (int64_t i = 0; i < count; i++) result[i] = source[i * stride];
  }
}

static void gather_strided(
    const float *memory, const saddle_layout *layout, int64_t first, int64_t count,
    float *result) {
  int32_t length = layout->extent[layout->axes - 1], step = layout->stride[layout->axes - 1];
  strided_place place = place_of(first, layout);
  int64_t begin = first % length;
  while (count > 0) {
    int64_t run = length - begin < count ? length - begin : count;
    copy_run(memory + place.offset + begin * step, step, run, result);
    result += run;
    count -= run;
    begin = 0;
    advance(&place);
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
      gather_strided(operand->memory, &operand->layout, first, count, result);
  }
}

static int64_t element_count(const saddle_layout *layout) {
  int64_t count = 1;
  for (int d = 0; d < layout->axes; d++) count *= layout->extent[d];
  return count;
}

void saddle_permute(const saddle_permutation *p, saddle_share share) {
  saddle_range own = saddle_part(element_count(&p->layout), SADDLE_TILE, share);
  gather_strided(p->source, &p->layout, own.first, own.end - own.first, p->result + own.first);
}

// A share has some indices of the source's first axis, and the result from the first of these on to
// that of the next share: what is placed there is all that lies between.
void saddle_place(const saddle_placement *p, saddle_share share) {
  int32_t last = p->layout.axes - 1, length = p->layout.extent[last], step = p->layout.stride[last];
  int64_t outer = saddle_placed_parts(p), size = element_count(&p->layout) / outer;
  int64_t distance = outer > 1 ? p->layout.stride[0] : 0;
  saddle_range own = saddle_part(outer, 1, share);
  if (own.first == own.end) return;
  int64_t begin = own.first == 0 ? 0 : p->offset + own.first * distance;
  int64_t end = own.end == outer ? p->count : p->offset + own.end * distance;
  memset(p->result + begin, 0, (size_t)(end - begin) * sizeof(float));
  strided_place place = place_of(own.first * size, &p->layout);
  const float *source = p->source + own.first * size;
  for (int64_t run = (own.end - own.first) * size / length; run > 0; run--) {
    float *target = p->result + p->offset + place.offset;
    if (step == 1) {
      memcpy(target, source, (size_t)length * sizeof(float));
    } else {
      for (int32_t i = 0; i < length; i++) target[(int64_t)i * step] = source[i];
    }
    source += length;
    advance(&place);
  }
}
