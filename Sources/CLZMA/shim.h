#ifndef SADDLE_CLZMA_H
#define SADDLE_CLZMA_H
#include <lzma.h>
#endif
