/**
 * Programs and files for other machines that answer as {@link org.qsnn.deploy.IntegerRunner} does,
 * score for score.
 *
 * <p>May import {@code deploy}. Read {@link org.qsnn.export.CExport} first.
 */
package org.qsnn.export;
