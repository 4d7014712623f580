/**
 * The three families of failures that a user can act on ({@link org.qsnn.ConfigurationException},
 * {@link org.qsnn.DataException}, {@link org.qsnn.DivergedException}); everything else that is
 * thrown is a bug. And what there is one of for all: digests, deadlines, how texts of others are
 * shown on a terminal. Imports nothing; every package may import it.
 */
package org.qsnn;
