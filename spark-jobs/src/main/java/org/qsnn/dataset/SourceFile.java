package org.qsnn.dataset;

/**
 * A file that the samples {@code firstId … firstId + samples - 1} of a split were read from; length
 * and hash are those of the unpacked file.
 *
 * @param sha256 empty if the file could not be read
 * @param problem why the file was left out; empty if it was not
 */
public record SourceFile(
    String name,
    Split split,
    long firstId,
    long samples,
    long bytes,
    String sha256,
    String problem) {}
