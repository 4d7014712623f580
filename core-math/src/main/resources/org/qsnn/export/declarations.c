/* Written by qsnn export --to c; see @NAME@.h. Model SHA-256 @SHA256@ */
#include "@NAME@.h"

/*
 * Where constants lie in a memory of their own, define @UPPER@_PROGMEM and the five ways to read
 * (for AVR: PROGMEM, pgm_read_byte and so on) in a header named by @UPPER@_CONFIG.
 */
#ifdef @UPPER@_CONFIG
#include @UPPER@_CONFIG
#endif
#ifndef @UPPER@_PROGMEM
#define @UPPER@_PROGMEM
#define @UPPER@_READ_I8(p) (*(const int8_t *)(p))
#define @UPPER@_READ_U8(p) (*(const uint8_t *)(p))
#define @UPPER@_READ_I16(p) (*(const int16_t *)(p))
#define @UPPER@_READ_I32(p) (*(const int32_t *)(p))
#define @UPPER@_READ_I64(p) (*(const int64_t *)(p))
#endif
#define QSNN_PROGMEM @UPPER@_PROGMEM
#define QSNN_READ_I8(p) ((int32_t)@UPPER@_READ_I8(p))
#define QSNN_READ_U8(p) ((uint32_t)@UPPER@_READ_U8(p))
#define QSNN_READ_I16(p) ((int32_t)@UPPER@_READ_I16(p))
#define QSNN_READ_I32(p) (@UPPER@_READ_I32(p))
#define QSNN_READ_U32(p) ((uint32_t)@UPPER@_READ_I32(p))
#define QSNN_READ_I64(p) (@UPPER@_READ_I64(p))

#define QSNN_TIMESTEPS @TIMESTEPS@U
#define QSNN_LAYERS @LAYERS@U
#define QSNN_FEATURES @FEATURES@UL
#define QSNN_VECTORS @VECTORS@U
#define QSNN_PATCH_WORDS @PATCH_WORDS@UL
#define QSNN_IS_STEADY @IS_STEADY@

#if QSNN_IS_STEADY
#define QSNN_INPUT(input, t, c, i) \
  ((void)(t), QSNN_READ_I16(qsnn_pixels + 256 * (c) + (input)->values[(i)]))
#define QSNN_TEST_NUMBER(random) ((uint8_t)((random) >> 24))
#else
#define QSNN_INPUT(input, t, c, i) \
  ((void)(c), (int32_t)(input)->values[(t) * (@UPPER@_INPUT_LENGTH / @UPPER@_FRAMES) + (i)])
#define QSNN_TEST_NUMBER(random) \
  ((int16_t)((random) >> 30 ? 0 : (int32_t)((random) >> 24 & 3) * ((int32_t)1 << @UPPER@_INPUT_FRACTION)))
#endif

enum { QSNN_CODES, QSNN_SIGNS, QSNN_IDENTITY };

typedef struct {
  const @NAME@_number *values;
} qsnn_input;

/* What a former timestep leaves, by the size of its code. */
typedef struct {
  const @CARRIED@ *carried;
  const int32_t *boundaries;
  const int32_t *span;
  uint16_t spans;
  uint8_t shift;
  uint8_t levels; /* codes of a side */
} qsnn_membrane;

typedef struct {
  uint8_t kind;
  uint16_t kernel;
  uint8_t stride;
  uint8_t padding;
  uint8_t planes;
  uint16_t in_channels;
  uint16_t in_size;
  uint32_t words;  /* of a digit of a patch */
  uint32_t source; /* first word in the arena */
  const void *weights;
  const int32_t *factors;
  const uint8_t *shifts;
} qsnn_branch;

typedef struct {
  uint16_t channels;
  uint16_t out_size;
  uint16_t extent; /* of the pool's windows */
  uint16_t stride;
  uint16_t padding;
  uint16_t used; /* rows and columns that a window has */
  uint8_t is_max;
  uint8_t planes;
  uint8_t fraction;
  uint8_t branches;
  uint32_t output; /* first word in the arena */
  uint32_t output_words;
  int64_t threshold;  /* u fires above it */
  int64_t subtracted; /* of u that fired; 0 where that is reset to 0 */
  qsnn_branch branch[2];
  const int32_t *offsets;
  const uint8_t *shifts;
  const qsnn_membrane *membrane;
} qsnn_layer;

/* ---- the model ------------------------------------------------------------------------------- */

