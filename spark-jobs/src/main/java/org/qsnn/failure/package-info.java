/**
 * What a user is told of what failed, whatever threw it: Java, the machine, Spark, Hadoop. Each
 * rule recognizes one failure and says in one line what must be and what to do. May import {@code
 * distributed, storage}. Read {@link org.qsnn.failure.Failure} first.
 */
package org.qsnn.failure;
