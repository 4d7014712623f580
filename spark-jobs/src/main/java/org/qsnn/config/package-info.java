/**
 * The configuration of a run or a sweep: HOCON text becomes typed records, wrong text becomes a
 * {@link org.qsnn.ConfigurationException} that names key, value, what is allowed and where it
 * stands. The keys and their defaults are in the resources {@code qsnn-defaults.conf} and {@code
 * sweep-defaults.conf} and nowhere else. May import core-math and {@code dataset}, whose data sets
 * {@code dataset.kind} names; itself knows neither Spark nor Hadoop. Read {@link
 * org.qsnn.config.RunConfig} first.
 */
package org.qsnn.config;
