/**
 * Spark's standalone daemons and a small HDFS as processes on this machine, on the loopback
 * interface only: started, watched and stopped by process id. May import core-math, {@code json}
 * and {@code storage}; knows Spark and Hadoop by the names of their classes alone. Read {@link
 * org.qsnn.cluster.LocalCluster} first.
 */
package org.qsnn.cluster;
