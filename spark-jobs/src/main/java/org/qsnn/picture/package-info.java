/** Pictures as files of their own, and as parts of others. May import core-math. */
package org.qsnn.picture;
