#ifndef CALLOCATIONCOUNTER_H
#define CALLOCATIONCOUNTER_H

#include <stdint.h>

// How often the calling thread has asked for memory since it began, whoever asked: the test program
// replaces malloc and its relatives. Other threads do not count, so tests may run in parallel.
// -1 where allocations cannot be counted: without glibc, or under a sanitizer, which replaces malloc.
int64_t allocation_count(void);

#endif
