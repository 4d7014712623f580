/**
 * Downloads of the files that others offer: {@code qsnn fetch} resumes what was interrupted and
 * checks the file's MD5. Imports nothing of ours but {@code org.qsnn}'s failures. Read {@link
 * org.qsnn.download.Download} first.
 */
package org.qsnn.download;
