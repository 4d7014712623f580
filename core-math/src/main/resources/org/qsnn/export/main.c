/*
 * Classifies one input from stdin: its numbers as bytes (frames: two bytes each, the low one first).
 *
 *   cc -std=c99 -O2 -o classify main.c @NAME@.c && ./classify < image
 */
#include "@NAME@.h"

#include <inttypes.h>
#include <stdio.h>

static @NAME@_number input[@UPPER@_INPUT_LENGTH];
static int64_t scores[@UPPER@_CLASSES];
static uint32_t arena[@UPPER@_ARENA_WORDS];

static int read_input(void) {
  uint32_t i;
  for (i = 0; i < @UPPER@_INPUT_LENGTH; i++) {
    uint32_t number = 0;
    uint32_t b;
    for (b = 0; b < sizeof(@NAME@_number); b++) {
      int byte = getchar();
      if (byte == EOF) {
        return 0;
      }
      number |= (uint32_t)byte << (8 * b);
    }
    input[i] = (@NAME@_number)number;
  }
  return 1;
}

int main(void) {
  int differs = @NAME@_selftest(input, arena);
  int i;
  if (differs) {
    fprintf(stderr, "self-test: layer %d differs\n", differs);
    return 2;
  }
  if (!read_input()) {
    fprintf(stderr, "expected %lu numbers\n", (unsigned long)@UPPER@_INPUT_LENGTH);
    return 3;
  }
  printf("%d\n", @NAME@_classify(input, scores, arena));
  for (i = 0; i < @UPPER@_CLASSES; i++) {
    printf("%" PRId64 "\n", scores[i]);
  }
  return 0;
}
