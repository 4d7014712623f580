/**
 * A network in NIR, the exchange format of spiking networks: the graph of a packed model, its HDF5
 * file, and what it computes by NIR's rules.
 *
 * <p>May import {@code layer, metric, model, network, sample} and {@code tensor}. Read {@link
 * org.qsnn.nir.NirExport} first.
 */
package org.qsnn.nir;
