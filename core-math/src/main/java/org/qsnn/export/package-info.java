/**
 * Programs and files for other machines that answer as {@link org.qsnn.deploy.IntegerRunner} does,
 * score for score.
 */
package org.qsnn.export;
