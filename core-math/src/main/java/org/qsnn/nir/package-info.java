/**
 * A network in NIR, the exchange format of spiking networks: the graph of a packed model, its HDF5
 * file, and what it computes by NIR's rules. Start with {@link org.qsnn.nir.NirExport}.
 */
package org.qsnn.nir;
