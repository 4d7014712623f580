/*
 * @ARCHITECTURE@: spikes of 1 bit, weights of 1 bit, integers throughout. Written by qsnn export --to c.
 *
 * model SHA-256  @SHA256@
 * flash          @FLASH_BYTES@ bytes of constants (weights, tables, self-test) where a pointer has 32 bits,
 *                at most 7 more each to align them, and the code: about 3 KB on a Cortex-M
 * RAM            @ARENA_BYTES@ bytes of arena, most of it at @ARENA_LAYER@; an input, and 8 bytes a class of
 *                scores; a stack of less than 400 bytes on a Cortex-M, for the self-test @STACK_BYTES@ more
 *                (a timestep after the other would need @OUTSIDE_BYTES@ bytes)
 *
 * C99, no library, no allocation, no floats, no recursion; nothing is kept between calls, so that
 * any number of threads may call it, each with an arena of its own.
 */
#ifndef @UPPER@_H
#define @UPPER@_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define @UPPER@_MODEL_SHA256 "@SHA256@"
#define @UPPER@_CHANNELS @CHANNELS@
#define @UPPER@_SIZE @SIZE@
#define @UPPER@_FRAMES @FRAMES@
#define @UPPER@_CLASSES @CLASSES@
/* Numbers of an input: frames, channels, rows, columns. */
#define @UPPER@_INPUT_LENGTH @INPUT_LENGTH@UL
/* Of frames: numbers are in units of 2^-@FRACTION@. Of images: bytes, planes of red, green, blue. */
#define @UPPER@_INPUT_FRACTION @FRACTION@
/* A score is in units that make the bias and the weights whole numbers; only their order means something. */
#define @UPPER@_SCORE_FRACTION @SCORE_FRACTION@
#define @UPPER@_ARENA_WORDS @ARENA_WORDS@UL
#define @UPPER@_ARENA_BYTES @ARENA_BYTES@UL
#define @UPPER@_FLASH_BYTES @FLASH_BYTES@UL

typedef @NUMBER@ @NAME@_number;

/*
 * The class of an input, 0 to @UPPER@_CLASSES - 1: that of the largest score, the first of several.
 * scores has room for one a class, arena for @UPPER@_ARENA_WORDS words, whatever they hold.
 */
int @NAME@_classify(const @NAME@_number *input, int64_t *scores, uint32_t *arena);

/*
 * 0 if this machine answers as the program that wrote this file; otherwise the number, from 1, of
 * the first layer that differs, or the number of layers and 1 for the scores. Overwrites input.
 */
int @NAME@_selftest(@NAME@_number *input, uint32_t *arena);

#ifdef __cplusplus
}
#endif

#endif
