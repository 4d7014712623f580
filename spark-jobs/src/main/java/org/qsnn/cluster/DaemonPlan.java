package org.qsnn.cluster;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A daemon before it is started.
 *
 * @param web address of its web page
 * @param isReady whether it does its work
 */
record DaemonPlan(String name, List<String> command, String web, BooleanSupplier isReady) {}
