package org.qsnn.storage;

/**
 * One file or folder as a listing shows it.
 *
 * @param name last part of the path
 * @param path absolute, with scheme
 * @param bytes length of a file, 0 for a folder
 * @param modified milliseconds since 1970, as the file system tells
 */
public record FileEntry(String name, String path, long bytes, long modified, boolean isFolder) {}
