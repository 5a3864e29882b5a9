#ifndef SADDLE_MEMORY_H
#define SADDLE_MEMORY_H

#include <stddef.h>

#define SADDLE_HUGE_PAGE 0x200000

// Asks for huge pages behind `size` bytes, whole pages of SADDLE_HUGE_PAGE.
void saddle_prefer_huge_pages(void *memory, size_t size);

#endif
