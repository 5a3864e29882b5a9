#ifndef SADDLE_WEIGHTS_H
#define SADDLE_WEIGHTS_H

#include <stddef.h>

/// The bytes of the classifier's file of weights, `Weights/<name>.safetensors`, and their number; null for a name that
/// there is no file of.
const unsigned char *saddle_classifier_weights(const char *name, size_t *count);

#endif
