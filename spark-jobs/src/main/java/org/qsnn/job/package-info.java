/**
 * The commands of {@code qsnn}: each reads its configuration, wires the parts and runs them; a
 * training itself is {@code training}'s. Also what every command shares: exit codes and messages of
 * failures, and the display of progress. May import every package; no package imports it. Read
 * {@link org.qsnn.job.Main} first.
 */
package org.qsnn.job;
