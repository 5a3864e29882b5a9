#ifndef SADDLE_CALLOCATIONS_H
#define SADDLE_CALLOCATIONS_H

#include <stdint.h>

// How often the calling thread has asked for memory since it began, whoever asked: a program that
// links this has its malloc and relatives replaced by ones that count and call the system's. Other
// threads do not count. -1 where allocations cannot be counted: without glibc, or under a
// sanitizer, which replaces malloc.
int64_t allocation_count(void);

#endif
