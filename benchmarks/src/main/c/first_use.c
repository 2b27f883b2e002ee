/*
 * What the first use of 256 MiB on huge pages costs without Pinion: mapping, faulting in, locking. Most of it is the kernel's
 * clearing of pages, and on a virtual machine the host's finding of memory that no guest has touched before.
 *
 * Prints first=N, in nanoseconds.
 */
#define _GNU_SOURCE
#include "sample.h"

#define SIZE (256UL << 20)
#define PAGE 4096

int main(void) {
  uint64_t begin = nanos();
  char *mapped = mmap(NULL, SIZE + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  char *aligned = (char *)(((uintptr_t)mapped + HUGE_PAGE - 1) & -HUGE_PAGE);
  madvise(aligned, SIZE, MADV_HUGEPAGE);
  for (size_t at = 0; at < SIZE; at += PAGE) aligned[at] = 1;
  /* Over the limit it stays unlocked, as Pinion's does. */
  mlock(aligned, SIZE);
  printf("first=%lu\n", nanos() - begin);
  return 0;
}
