/* ---- what computes it ------------------------------------------------------------------------ */

/* The compiler's own where the machine has an instruction for it: elsewhere that is a call. */
#if (defined(__POPCNT__) || defined(__aarch64__) || defined(__riscv_zbb)) && !defined(@UPPER@_PORTABLE)
#define QSNN_POPCOUNT(x) ((uint32_t)__builtin_popcountl((unsigned long)(x)))
#else
static uint32_t qsnn_popcount(uint32_t x) {
  x -= (x >> 1) & (uint32_t)0x55555555UL;
  x = (x & (uint32_t)0x33333333UL) + ((x >> 2) & (uint32_t)0x33333333UL);
  x = (x + (x >> 4)) & (uint32_t)0x0F0F0F0FUL;
  return (uint32_t)(x * (uint32_t)0x01010101UL) >> 24;
}
#define QSNN_POPCOUNT(x) qsnn_popcount(x)
#endif

/* Number of bits of x; 0 of 0. */
static uint32_t qsnn_length(uint64_t x) {
  uint32_t high = (uint32_t)(x >> 32);
  uint32_t word = high ? high : (uint32_t)x;
  uint32_t n = high ? 32 : 0;
#if defined(__GNUC__) && !defined(@UPPER@_PORTABLE)
  return word ? n + (uint32_t)(8 * sizeof(unsigned long)) - (uint32_t)__builtin_clzl(word) : 0;
#else
  uint32_t step;
  for (step = 16; step > 0; step >>= 1) {
    if (word >> step) {
      word >>= step;
      n += step;
    }
  }
  return n + word;
#endif
}

static uint64_t qsnn_magnitude(int64_t x) {
  return x < 0 ? (uint64_t)0 - (uint64_t)x : (uint64_t)x;
}

static int64_t qsnn_scale(int64_t x, uint32_t shift) {
  return x * (int64_t)((uint64_t)1 << shift);
}

/* R(x): 24 significant bits, half to even. */
static int64_t qsnn_round(int64_t x) {
  uint64_t m = qsnn_magnitude(x);
  uint32_t shift;
  uint64_t rest;
  uint64_t half;
  if (m <= 0xFFFFFFUL) {
    return x;
  }
  shift = qsnn_length(m) - 24;
  half = (uint64_t)1 << (shift - 1);
  rest = m & (((uint64_t)1 << shift) - 1);
  m >>= shift;
  if (rest > half || (rest == half && (m & 1))) {
    m++;
  }
  m <<= shift;
  return x < 0 ? -(int64_t)m : (int64_t)m;
}

/* The bits that |x| in units of 2^-fraction has as a binary32 number. */
static int32_t qsnn_key(int64_t x, uint32_t fraction) {
  uint64_t m = qsnn_magnitude(x);
  uint32_t n = qsnn_length(m);
  if (n == 0) {
    return 0;
  }
  m = n > 24 ? m >> (n - 24) : m << (24 - n);
  return (int32_t)(((n + 125 - fraction) << 23) + (uint32_t)m);
}

static uint32_t qsnn_code(const qsnn_membrane *membrane, uint32_t levels, int32_t key) {
  uint32_t low = 0;
  uint32_t high = levels;
  uint32_t i;
  for (i = 0; i < membrane->spans; i++) {
    const int32_t *span = membrane->span + 3 * i;
    if (key >= QSNN_READ_I32(span) && key <= QSNN_READ_I32(span + 1)) {
      return (uint32_t)QSNN_READ_I32(span + 2);
    }
  }
  while (low < high) {
    uint32_t middle = (low + high) >> 1;
    if (key >= QSNN_READ_I32(membrane->boundaries + middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/* n bits, at most 32, from a bit on. */
static uint32_t qsnn_bits(const uint32_t *words, uint32_t from, uint32_t n) {
  uint32_t shift = from & 31;
  uint32_t bits = words[from >> 5] >> shift;
  if (shift + n > 32) {
    bits |= words[(from >> 5) + 1] << (32 - shift);
  }
  return n == 32 ? bits : bits & (((uint32_t)1 << n) - 1);
}

/* Copies n bits; those of the target must be 0. */
static void qsnn_copy(const uint32_t *source, uint32_t from, uint32_t *target, uint32_t to, uint32_t n) {
  while (n > 0) {
    uint32_t part = n < 32 ? n : 32;
    uint32_t bits = qsnn_bits(source, from, part);
    uint32_t shift = to & 31;
    target[to >> 5] |= bits << shift;
    if (shift + part > 32) {
      target[(to >> 5) + 1] |= bits >> (32 - shift);
    }
    from += part;
    to += part;
    n -= part;
  }
}

/* Whether a tap lies within the input, and where. */
static int qsnn_place(const qsnn_branch *branch, uint32_t y, uint32_t x, uint32_t tap, uint32_t *place) {
  uint32_t row = y * branch->stride + tap / branch->kernel;
  uint32_t column = x * branch->stride + tap % branch->kernel;
  if (row < branch->padding || column < branch->padding) {
    return 0;
  }
  row -= branch->padding;
  column -= branch->padding;
  *place = row * branch->in_size + column;
  return row < branch->in_size && column < branch->in_size;
}

/* The bits of one neuron's patch, and behind them how many are set: [timesteps, planes, words + 1]. */
static void qsnn_gather(const qsnn_branch *branch, uint32_t timesteps, uint32_t y, uint32_t x, const uint32_t *arena, uint32_t *patch) {
  uint32_t taps = (uint32_t)branch->kernel * branch->kernel;
  uint32_t plane_bits = (uint32_t)branch->in_size * branch->in_size * branch->in_channels;
  uint32_t images = timesteps * branch->planes;
  uint32_t image;
  uint32_t i;
  for (i = 0; i < images * (branch->words + 1); i++) {
    patch[i] = 0;
  }
  for (i = 0; i < taps; i++) {
    uint32_t place;
    if (qsnn_place(branch, y, x, i, &place)) {
      for (image = 0; image < images; image++) {
        qsnn_copy(arena + branch->source, image * plane_bits + place * branch->in_channels,
                  patch + image * (branch->words + 1), i * branch->in_channels, branch->in_channels);
      }
    }
  }
  for (image = 0; image < images; image++, patch += branch->words + 1) {
    for (i = 0; i < branch->words; i++) {
      patch[branch->words] += QSNN_POPCOUNT(patch[i]);
    }
  }
}

static int32_t qsnn_signed_sum(const qsnn_branch *branch, uint32_t channel, const uint32_t *patch) {
  const uint32_t *weights = (const uint32_t *)branch->weights + channel * branch->words;
  int32_t sum = 0;
  uint32_t plane;
  uint32_t i;
  for (plane = 0; plane < branch->planes; plane++, patch += branch->words + 1) {
    uint32_t plus = 0;
    for (i = 0; i < branch->words; i++) {
      plus += QSNN_POPCOUNT(patch[i] & QSNN_READ_U32(weights + i));
    }
    sum += (2 * (int32_t)plus - (int32_t)patch[branch->words]) * (int32_t)((uint32_t)1 << plane);
  }
  return sum;
}

static int32_t qsnn_count(const qsnn_branch *branch, uint32_t channel, const uint32_t *patch) {
  uint32_t count = 0;
  uint32_t plane;
  for (plane = 0; plane < branch->planes; plane++) {
    count |= qsnn_bits(patch + plane * (branch->words + 1), channel, 1) << plane;
  }
  return (int32_t)count;
}

static int32_t qsnn_coded_sum(const qsnn_branch *branch, uint32_t channel, uint32_t t, uint32_t y, uint32_t x, const qsnn_input *input) {
  uint32_t taps = (uint32_t)branch->kernel * branch->kernel;
  uint32_t plane = (uint32_t)branch->in_size * branch->in_size;
  const int8_t *weights = (const int8_t *)branch->weights + channel * taps * branch->in_channels;
  int32_t sum = 0;
  uint32_t c;
  uint32_t i;
  for (i = 0; i < taps; i++) {
    uint32_t place;
    if (qsnn_place(branch, y, x, i, &place)) {
      for (c = 0; c < branch->in_channels; c++) {
        int32_t value = QSNN_INPUT(input, t, c, c * plane + place);
        sum += value * QSNN_READ_I8(weights + c * taps + i);
      }
    }
  }
  return sum;
}

static int32_t qsnn_sum(const qsnn_layer *layer, uint32_t b, uint32_t channel, uint32_t t, uint32_t y, uint32_t x, const uint32_t *patch, const qsnn_input *input) {
  const qsnn_branch *branch = &layer->branch[b];
  const uint32_t *bits = patch + t * branch->planes * (branch->words + 1);
  if (branch->kind == QSNN_CODES) {
    return qsnn_coded_sum(branch, channel, t, y, x, input);
  }
  return branch->kind == QSNN_SIGNS ? qsnn_signed_sum(branch, channel, bits)
                                    : qsnn_count(branch, channel, bits);
}

static int64_t qsnn_product(const qsnn_branch *branch, uint32_t channel, int32_t sum) {
  int64_t factor = QSNN_READ_I32(branch->factors + channel);
  return qsnn_scale(factor * sum, QSNN_READ_U8(branch->shifts + channel));
}

/* One more spike of a channel in a window. */
static void qsnn_add_spike(const qsnn_layer *layer, uint32_t t, uint32_t place, uint32_t channel, uint32_t *arena) {
  uint32_t plane_bits = (uint32_t)layer->out_size * layer->out_size * layer->channels;
  uint32_t bit = t * layer->planes * plane_bits + place * layer->channels + channel;
  uint32_t plane;
  for (plane = 0; plane < layer->planes; plane++, bit += plane_bits) {
    uint32_t *word = arena + layer->output + (bit >> 5);
    uint32_t mask = (uint32_t)1 << (bit & 31);
    if (layer->is_max || !(*word & mask)) {
      *word |= mask;
      return;
    }
    *word &= ~mask;
  }
}

/* The first of the windows that a row or column is in. */
static uint32_t qsnn_first_window(const qsnn_layer *layer, uint32_t place) {
  uint32_t end = place + layer->padding;
  return end < layer->extent ? 0 : (end - layer->extent) / layer->stride + 1;
}

/* The one behind the last of them. */
static uint32_t qsnn_windows_end(const qsnn_layer *layer, uint32_t place) {
  uint32_t last = (place + layer->padding) / layer->stride;
  return last < layer->out_size ? last + 1 : layer->out_size;
}

/* One more spike of a channel, for all windows that it is in. */
static void qsnn_fire(const qsnn_layer *layer, uint32_t t, uint32_t y, uint32_t x, uint32_t channel, uint32_t *arena) {
  uint32_t row;
  uint32_t column;
  for (row = qsnn_first_window(layer, y); row < qsnn_windows_end(layer, y); row++) {
    for (column = qsnn_first_window(layer, x); column < qsnn_windows_end(layer, x); column++) {
      qsnn_add_spike(layer, t, row * layer->out_size + column, channel, arena);
    }
  }
}

/* All timesteps of one neuron. */
static void qsnn_neuron(const qsnn_layer *layer, uint32_t channel, uint32_t y, uint32_t x, const uint32_t *patches, const qsnn_input *input, uint32_t *arena) {
  int64_t offset = qsnn_scale(QSNN_READ_I32(layer->offsets + channel), QSNN_READ_U8(layer->shifts + channel));
  int64_t carried = 0;
  int64_t first = 0;
  uint32_t t;
  for (t = 0; t < QSNN_TIMESTEPS; t++) {
    int64_t u;
    int fires;
    uint32_t b;
    if (t == 0 || !(QSNN_IS_STEADY && layer->branch[0].kind == QSNN_CODES)) {
      first = qsnn_round(qsnn_product(&layer->branch[0], channel, qsnn_sum(layer, 0, channel, t, y, x, patches, input)) + offset);
    }
    u = first;
    for (b = 1; b < layer->branches; b++) {
      u = qsnn_round(u + qsnn_product(&layer->branch[b], channel, qsnn_sum(layer, b, channel, t, y, x, patches + QSNN_PATCH_WORDS, input)));
    }
    u = qsnn_round(u + carried);
    carried = 0;
    fires = u > layer->threshold;
    if (fires) {
      qsnn_fire(layer, t, y, x, channel, arena);
      u = qsnn_round(u - layer->subtracted);
    }
    if (t + 1 < QSNN_TIMESTEPS && !(fires && layer->subtracted == 0)) {
      const qsnn_membrane *membrane = layer->membrane + t;
      uint32_t code = qsnn_code(membrane, membrane->levels, qsnn_key(u, layer->fraction));
      if (code > 0) {
        carried = qsnn_scale((int64_t)@READ_CARRIED@(membrane->carried + (code - 1)), membrane->shift);
        carried = u < 0 ? -carried : carried;
      }
    }
  }
}

static void qsnn_compute(const qsnn_layer *layer, const qsnn_input *input, uint32_t *arena) {
  uint32_t y;
  uint32_t x;
  uint32_t i;
  for (i = 0; i < layer->output_words; i++) {
    arena[layer->output + i] = 0;
  }
  for (y = 0; y < layer->used; y++) {
    for (x = 0; x < layer->used; x++) {
      for (i = 0; i < layer->branches; i++) {
        if (layer->branch[i].kind != QSNN_CODES) {
          qsnn_gather(&layer->branch[i], QSNN_TIMESTEPS, y, x, arena, arena + i * QSNN_PATCH_WORDS);
        }
      }
      for (i = 0; i < layer->channels; i++) {
        qsnn_neuron(layer, i, y, x, arena, input, arena);
      }
    }
  }
}

static uint32_t qsnn_feature(const qsnn_layer *last, uint32_t feature, const uint32_t *arena) {
  uint32_t places = (uint32_t)last->out_size * last->out_size;
  uint32_t plane_bits = places * last->channels;
  uint32_t bit = feature % places * last->channels + feature / places;
  uint32_t sum = 0;
  uint32_t i;
  for (i = 0; i < QSNN_TIMESTEPS * (uint32_t)last->planes; i++) {
    sum += qsnn_bits(arena + last->output, i * plane_bits + bit, 1) << (i % last->planes);
  }
  return sum;
}

/* Scores, and, unless hashes is null, a hash of what each layer hands on. */
static int qsnn_answer(const qsnn_input *input, int64_t *scores, uint32_t *arena, uint32_t *hashes) {
  const qsnn_layer *last = &qsnn_layers[QSNN_LAYERS - 1];
  int best = 0;
  uint32_t i;
  uint32_t j;
  for (i = 0; i < QSNN_LAYERS; i++) {
    qsnn_compute(&qsnn_layers[i], input, arena);
    if (hashes) {
      uint32_t hash = 2166136261UL;
      for (j = 0; j < qsnn_layers[i].output_words; j++) {
        hash = (uint32_t)((hash ^ arena[qsnn_layers[i].output + j]) * 16777619UL);
      }
      hashes[i] = hash;
    }
  }
  for (i = 0; i < @UPPER@_CLASSES; i++) {
    scores[i] = 0;
  }
  for (j = 0; j < QSNN_FEATURES; j++) {
    int32_t feature = (int32_t)qsnn_feature(last, j, arena);
    for (i = 0; feature != 0 && i < @UPPER@_CLASSES; i++) {
      scores[i] += (int64_t)feature * QSNN_READ_I8(qsnn_readout + i * QSNN_FEATURES + j);
    }
  }
  for (i = 0; i < @UPPER@_CLASSES; i++) {
    scores[i] = qsnn_scale(scores[i], @UPPER@_SCORE_FRACTION) + QSNN_READ_I64(qsnn_biases + i);
    best = scores[i] > scores[best] ? (int)i : best;
  }
  return best;
}

int @NAME@_classify(const @NAME@_number *input, int64_t *scores, uint32_t *arena) {
  qsnn_input numbers;
  numbers.values = input;
  return qsnn_answer(&numbers, scores, arena, (uint32_t *)0);
}

int @NAME@_selftest(@NAME@_number *input, uint32_t *arena) {
  qsnn_input numbers;
  uint32_t v;
  numbers.values = input;
  for (v = 0; v < QSNN_VECTORS; v++) {
    uint32_t hashes[QSNN_LAYERS];
    int64_t scores[@UPPER@_CLASSES];
    uint32_t random = v + 1;
    uint32_t i;
    for (i = 0; i < @UPPER@_INPUT_LENGTH; i++) {
      random ^= random << 13;
      random ^= random >> 17;
      random ^= random << 5;
      input[i] = QSNN_TEST_NUMBER(random);
    }
    (void)qsnn_answer(&numbers, scores, arena, hashes);
    for (i = 0; i < QSNN_LAYERS; i++) {
      if (hashes[i] != QSNN_READ_U32(qsnn_test_hashes + v * QSNN_LAYERS + i)) {
        return (int)(i + 1);
      }
    }
    for (i = 0; i < @UPPER@_CLASSES; i++) {
      if (scores[i] != QSNN_READ_I64(qsnn_test_scores + v * @UPPER@_CLASSES + i)) {
        return (int)(QSNN_LAYERS + 1);
      }
    }
  }
  return 0;
}
