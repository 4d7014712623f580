/**
 * A fuzzer of every reader: seeded mutations of good files, each of which must be taken or refused
 * as the reader documents, in little time and memory. Read {@link org.qsnn.fuzz.Fuzzer} first.
 */
package org.qsnn.fuzz;
