/**
 * Samples, from bytes to the input of a network: file layouts, which records are trained, validated
 * and tested, decoding with augmentation into the network's input, and a synthetic image set that
 * needs no download.
 *
 * <p>May import {@code org.qsnn}, {@code tensor, model, event} and {@code frame}. Everything random
 * here is a function of a seed, the epoch and a sample's id or a step, never of the order in which
 * samples are visited.
 *
 * <p>Read {@link org.qsnn.sample.SampleDecoder} first, then {@link org.qsnn.sample.CifarFormat}
 * (bytes to {@link org.qsnn.sample.Samples}), {@link org.qsnn.sample.ImageDecoder} and {@link
 * org.qsnn.sample.EventDecoder}.
 */
package org.qsnn.sample;
