package org.qsnn.storage;

/** A file that {@link FileStore#commit} has put in place, with the hash of its content. */
public record WrittenFile(String path, long bytes, String sha256) {}
