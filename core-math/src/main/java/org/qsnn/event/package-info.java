/**
 * Event cameras: the readers of their files, and events as columns of primitives.
 *
 * <p>May import {@code org.qsnn}. Files are plain {@code InputStream}s with a name for messages;
 * they are read block by block, and what cannot be read is a {@link org.qsnn.DataException} that
 * names file, offset, expected and found.
 *
 * <p>Read {@link org.qsnn.event.Events} first: the value that readers make and everything else
 * takes.
 */
package org.qsnn.event;
