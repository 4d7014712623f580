/**
 * A network's integer semantics (INTEGER.md) as an ONNX graph. Reads what {@code deploy} compiles
 * and writes bytes. May import {@code deploy}. Read {@link org.qsnn.onnx.OnnxExport} first.
 */
package org.qsnn.onnx;
