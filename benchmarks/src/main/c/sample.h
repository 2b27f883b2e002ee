/*
 * What the programs in C have in common: clocks, positions, latencies, memory, devices. Included once by each.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#define HUGE_PAGE (2UL << 20)
#define MOST_TIMED (1 << 18)
/* How long a sequential pass is. */
#define PASS (256UL << 20)

static inline void fail(const char *what) {
  fprintf(stderr, "%s: %s\n", what, strerror(errno));
  exit(1);
}

/* Opens a file, or a block device, that one as fio and Pinion do: without the kernel taking note of each read. */
static inline int open_target(const char *name, int flags) {
  struct stat about;
  int is_device = !stat(name, &about) && S_ISBLK(about.st_mode);
  int file = open(name, flags | (is_device ? O_NOATIME : 0));
  if (file < 0) fail(name);
  return file;
}

static inline uint64_t nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000UL + now.tv_nsec;
}

static inline uint64_t cpu(int whose) {
  struct rusage usage;
  getrusage(whose, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000UL +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000UL;
}

static uint64_t state = 88172645463325252UL;

static inline uint64_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static uint64_t latencies[MOST_TIMED];
static unsigned timed;

static inline int ascending(const void *one, const void *other) {
  uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
  return (a > b) - (a < b);
}

static inline void print_percentile(const char *name, unsigned beyond) {
  if (timed >= 10 * beyond) printf(" %s=%lu", name, latencies[(uint64_t)timed * (beyond - 1) / beyond]);
}

/*
 * What a sample came to: operations=N nanos=N cpu=N thread=N p50=N p99=N p999=N, processor time of process and thread and
 * latency in nanoseconds; a percentile that fewer than ten of those timed lie beyond is left out.
 */
static inline void print_sample(uint64_t operations, uint64_t took, uint64_t process, uint64_t thread) {
  printf("operations=%lu nanos=%lu cpu=%lu thread=%lu", operations, took, process, thread);
  qsort(latencies, timed, sizeof *latencies, ascending);
  print_percentile("p50", 2);
  print_percentile("p99", 100);
  print_percentile("p999", 1000);
  putchar('\n');
}

/* The warm-up, then what is measured; nanoseconds. */
struct span {
  uint64_t warm_up, duration, begin, process, thread;
  int warm;
};

static inline struct span begin_span(double warm_up_seconds, double seconds) {
  struct span span = {.warm_up = warm_up_seconds * 1e9, .duration = seconds * 1e9, .begin = nanos()};
  return span;
}

/* Whether the sample is over, which then is printed; counts anew when the warm-up is. */
static inline int is_over(struct span *span, uint64_t *operations) {
  uint64_t now = nanos();
  if (!span->warm && now - span->begin > span->warm_up) {
    span->warm = 1;
    *operations = 0;
    timed = 0;
    span->thread = cpu(RUSAGE_THREAD);
    span->process = cpu(RUSAGE_SELF);
    span->begin = nanos();
  } else if (span->warm && now - span->begin > span->duration) {
    uint64_t process = cpu(RUSAGE_SELF) - span->process, thread = cpu(RUSAGE_THREAD) - span->thread;
    print_sample(*operations, now - span->begin, process, thread);
    return 1;
  }
  return 0;
}

static inline char *huge_memory(size_t length) {
  char *mapped = mmap(NULL, length + HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) fail("mmap");
  char *aligned = (char *)(((uintptr_t)mapped + HUGE_PAGE - 1) & -HUGE_PAGE);
  madvise(aligned, length, MADV_HUGEPAGE);
  memset(aligned, 1, length);
  return aligned;
}

/* The length of a file, or of a block device (BLKGETSIZE64). */
static inline uint64_t size_of(int file, const char *name) {
  struct stat found;
  uint64_t size;
  if (fstat(file, &found)) fail(name);
  if (!S_ISBLK(found.st_mode)) return found.st_size;
  if (ioctl(file, BLKGETSIZE64, &size)) fail(name);
  return size;
}

#endif
