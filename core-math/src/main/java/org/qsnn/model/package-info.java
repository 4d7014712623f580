/**
 * What a network is and how it lies in a file: {@link org.qsnn.model.NetworkSpec} is a network as
 * data, which an {@link org.qsnn.model.Architecture} makes from its lines and a few sizes, {@link
 * org.qsnn.model.PackedModel} a trained one to be deployed, with what it is shown, {@link
 * org.qsnn.model.TensorFile} the one file format (FORMAT.md), {@link org.qsnn.model.Footprint} its
 * sizes. Plain Java on plain streams: imports nothing of ours but the failures in {@code org.qsnn}.
 * Read {@code NetworkSpec} first, then {@code PackedModel}.
 */
package org.qsnn.model;
