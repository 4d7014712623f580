/**
 * Convolutions whose weights are one bit each, computed as what they are: signed sums of spikes
 * (forward), signed sums of gradients (to the input), and sums of gradients over the spikes there
 * were (to the weights). What a convolution's shape decides is a {@link
 * org.qsnn.binary.ConvolutionPlan}, made once for a network; what a step's weights decide are
 * {@link org.qsnn.binary.Entries}, made once for all tasks of the step. Loops over vectors are in
 * classes {@code Vector…}, behind an interface each ({@code TableSums}, {@code RowSums} and so on),
 * with a plain twin. Evaluations count spikes otherwise, in {@code slice}. May import {@code layer,
 * model, neuron, slice, tensor}. Read {@link org.qsnn.binary.BinaryConvolution} first, then {@link
 * org.qsnn.binary.StripGrid}.
 *
 * <p>Its words:
 *
 * <dl>
 *   <dt>plane
 *   <dd>the H·W values of one channel of one image
 *   <dt>strip
 *   <dd>a few images that are computed together; zeros keep them apart
 *   <dt>flat row
 *   <dd>one channel of a strip, all rows of all its images one after the other
 *   <dt>phase
 *   <dd>the rows and columns of the input with the same remainders modulo the convolution's stride;
 *       each phase of a channel is a flat row of its own, and stride 1 has only one
 *   <dt>position
 *   <dd>where an output value lies in a flat row
 *   <dt>tap
 *   <dd>one of the kernel's k·k weights of an output and an input channel: it reads one phase, at a
 *       shift from the output's position that is the same everywhere
 *   <dt>tile
 *   <dd>positions, or columns, that a loop computes before it moves on, so that what they read
 *       stays in the first-level cache
 *   <dt>line
 *   <dd>a row of an image, counted through the strip
 *   <dt>stride, pitch
 *   <dd>a stride is the convolution's; a pitch is how far apart in an array two neighbors start:
 *       rows, entries, lines
 *   <dt>count
 *   <dd>what a pool makes of spikes: how many of its window fired; a spike is a count of 1. The
 *       counts of four images, a quarter of them after another's, share an int
 *   <dt>group
 *   <dd>channels, four or six, whose signed sums are written down; two in a {@code RowGrid}, where
 *       they are called a pair
 *   <dt>table, entry
 *   <dd>a table holds the sums of one group, an entry is one of them, for one choice of signs, at
 *       all positions of a tile; its number has a bit for each sign
 *   <dt>place
 *   <dd>an index of an array at which something is to be found: an entry among the tables, the
 *       gradients that a spike meets
 *   <dt>block
 *   <dd>output channels whose weight gradients are summed together; they lie side by side, so a
 *       spike's place is its position times the block
 *   <dt>run
 *   <dd>taps of one phase that read neighboring positions, which a spike meets together
 * </dl>
 */
package org.qsnn.binary;
