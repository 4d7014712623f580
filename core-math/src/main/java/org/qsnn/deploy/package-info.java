/**
 * The integer semantics of a packed network (INTEGER.md): compiled once, proven equal to the float
 * rule of every layer behind the first, and computed with integers alone. Needs nothing but Java:
 * what it computes is what exported programs compute.
 */
package org.qsnn.deploy;
