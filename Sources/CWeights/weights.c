// The files are part of the program, so that one binary works anywhere. `#embed` is C23; clang has it from 19 on.

#include "CWeights.h"

#include <string.h>

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char mnist[] = {
#embed "Weights/mnist.safetensors"
};

static const unsigned char fashion_mnist[] = {
#embed "Weights/fashion-mnist.safetensors"
};

static const unsigned char glyphs[] = {
#embed "Weights/glyphs.safetensors"
};

const unsigned char *saddle_classifier_weights(const char *name, size_t *count) {
  const struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
  } files[] = {
      {"mnist", mnist, sizeof mnist},
      {"fashion-mnist", fashion_mnist, sizeof fashion_mnist},
      {"glyphs", glyphs, sizeof glyphs},
  };
  for (size_t file = 0; file < sizeof files / sizeof files[0]; file++) {
    if (strcmp(files[file].name, name) == 0) {
      *count = files[file].count;
      return files[file].bytes;
    }
  }
  return NULL;
}
