/**
 * A network's integer semantics (INTEGER.md) as an ONNX graph. Reads what {@code deploy} compiles
 * and writes bytes; start with {@link org.qsnn.onnx.OnnxExport}.
 */
package org.qsnn.onnx;
