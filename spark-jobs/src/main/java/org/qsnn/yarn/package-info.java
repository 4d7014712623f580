/**
 * What YARN says of itself and of applications; everything else of it is Spark's. Imports nothing
 * of ours. Read {@link org.qsnn.yarn.ResourceManager} first.
 */
package org.qsnn.yarn;
