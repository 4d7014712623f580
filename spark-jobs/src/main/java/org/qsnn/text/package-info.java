/**
 * Text for people: aligned columns, blocks with headings, sizes and counts as they are read aloud.
 * Knows nothing of what it lays out. Imports nothing of this module but core-math. Read {@link
 * org.qsnn.text.Table} first.
 */
package org.qsnn.text;
