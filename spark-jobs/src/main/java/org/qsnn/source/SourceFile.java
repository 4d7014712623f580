package org.qsnn.source;

/**
 * A file that the samples {@code firstId … firstId + samples - 1} of a split were read from; length
 * and hash are those of the unpacked file.
 */
public record SourceFile(
    String name, Split split, long firstId, long samples, long bytes, String sha256) {}
