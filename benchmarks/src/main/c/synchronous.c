/*
 * The plain loop that Pinion's synchronous transfers are measured against: pread(2) or pwrite(2) by O_DIRECT at random
 * blocks, one thread, one buffer on a huge page.
 *
 *   synchronous read|write random FILE BLOCK_SIZE 1 1 TIMED_EVERY WARM_UP SECONDS
 *
 * FILE may be a block device. One in TIMED_EVERY operations (a power of two) is timed. Prints what print_sample does, of the
 * time after the warm-up.
 */
#define _GNU_SOURCE
#include "sample.h"

#include <fcntl.h>
#include <unistd.h>

/* How many operations there are between two looks at the clock, as in Pinion's load. */
#define TURNS 16

int main(int count, char **arguments) {
  if (count != 10 || strcmp(arguments[2], "random") || strcmp(arguments[5], "1")) {
    fprintf(stderr, "usage: synchronous read|write random FILE BLOCK_SIZE 1 1 TIMED_EVERY WARM_UP SECONDS\n");
    return 2;
  }
  int writing = !strcmp(arguments[1], "write");
  size_t size = atoi(arguments[4]);
  unsigned timed_mask = atoi(arguments[7]) - 1;
  int file = open(arguments[3], (writing ? O_RDWR : O_RDONLY) | O_DIRECT);
  if (file < 0) fail(arguments[3]);
  uint64_t blocks = size_of(file, arguments[3]) / size;
  char *memory = huge_memory(HUGE_PAGE);

  uint64_t operations = 0;
  struct span span = begin_span(atof(arguments[8]), atof(arguments[9]));
  while (1) {
    for (unsigned turn = 0; turn < TURNS; turn++, operations++) {
      uint64_t begun = operations & timed_mask ? 0 : nanos();
      off_t at = next_random() % blocks * size;
      ssize_t done = writing ? pwrite(file, memory, size, at) : pread(file, memory, size, at);
      if (done != (ssize_t)size) fail(arguments[3]);
      if (begun && timed < MOST_TIMED) latencies[timed++] = nanos() - begun;
    }
    if (is_over(&span, &operations)) return 0;
  }
}
