/**
 * The integer semantics of a packed network (INTEGER.md): compiled once, proven equal to the float
 * rule of every layer behind the first, and computed with integers alone. What it computes is what
 * exported programs compute.
 *
 * <p>May import {@code model} and {@code tensor}, and nothing that is not Java's own. Read {@link
 * org.qsnn.deploy.IntegerNetwork} first.
 */
package org.qsnn.deploy;
