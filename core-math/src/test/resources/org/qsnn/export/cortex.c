/*
 * A program on bare metal, without a C library: it tests itself, classifies the input of input.h, and says
 * through semihosting, a line each: the self-test's answer, the class, the scores in base 16, the bytes of
 * stack that were used, and the instructions that one answer took where a timer runs.
 */
#include "model.h"

#define STACK_PAINT 0xA5A5A5A5UL
/* A timer of 25 MHz that counts down; qemu's -icount shift=0 lets an instruction take a nanosecond. */
#define INSTRUCTIONS_A_TICK 40U

enum { WRITE0 = 4, EXIT = 0x18, EXITED = 0x20026 };

extern uint32_t bss_start[];
extern uint32_t bss_end[];
extern uint32_t paint_end[];
extern uint32_t stack_top[];

static model_number input[MODEL_INPUT_LENGTH];
static int64_t scores[MODEL_CLASSES];
static uint32_t arena[MODEL_ARENA_WORDS];
static const model_number image[MODEL_INPUT_LENGTH] = {
#include "input.h"
};

static void host(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void say(const char *what, uint64_t value) {
  char line[18];
  int i;
  host(WRITE0, what);
  for (i = 0; i < 16; i++) {
    line[i] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  }
  line[16] = '\n';
  line[17] = 0;
  host(WRITE0, line);
}

static uint32_t now(void) {
#ifdef TIMER
  return *(volatile uint32_t *)(TIMER + 4);
#else
  return 0;
#endif
}

static uint32_t stack_bytes(void) {
  const uint32_t *word = bss_end;
  while (*word == STACK_PAINT) {
    word++;
  }
  return (uint32_t)((const char *)stack_top - (const char *)word);
}

static void work(void) {
  uint32_t i;
  uint32_t before;
  uint32_t ticks;
  int answer;
  say("selftest ", (uint64_t)model_selftest(input, arena));
  for (i = 0; i < MODEL_INPUT_LENGTH; i++) {
    input[i] = image[i];
  }
  before = now();
  answer = model_classify(input, scores, arena);
  ticks = before - now();
  say("class ", (uint64_t)answer);
  for (i = 0; i < MODEL_CLASSES; i++) {
    say("score ", (uint64_t)scores[i]);
  }
  say("stack ", stack_bytes());
  say("instructions ", (uint64_t)ticks * INSTRUCTIONS_A_TICK);
}

void start(void) {
  volatile uint32_t *word;
  for (word = bss_start; word < bss_end; word++) {
    *word = 0;
  }
  for (word = bss_end; word < paint_end; word++) {
    *word = STACK_PAINT;
  }
#ifdef TIMER
  *(volatile uint32_t *)(TIMER + 8) = 0xFFFFFFFFUL;
  *(volatile uint32_t *)(TIMER + 4) = 0xFFFFFFFFUL;
  *(volatile uint32_t *)TIMER = 1;
#endif
  work();
  host(EXIT, (const void *)EXITED);
  for (;;) {
  }
}

/* Whatever else happens ends the program with a failure. */
static void fault(void) {
  host(EXIT, (const void *)0);
  for (;;) {
  }
}

typedef void handler(void);

typedef struct {
  uint32_t *stack;
  handler *handlers[15];
} vectors;

__attribute__((used, section(".vectors"))) static const vectors table = {
    stack_top,
    {start, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault, fault}};
