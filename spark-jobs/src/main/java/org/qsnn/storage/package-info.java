/**
 * Files on any Hadoop file system: bounded reads, write-then-rename, the newest good checkpoint.
 * The only package that knows Hadoop; it imports nothing of ours but {@code org.qsnn}'s failures
 * and {@code json}. Paths are strings, relative ones belong to {@code fs.defaultFS}. Read {@link
 * org.qsnn.storage.FileStore} first.
 */
package org.qsnn.storage;
