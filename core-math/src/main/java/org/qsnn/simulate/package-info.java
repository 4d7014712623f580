/**
 * An event camera that looks at moving images, so that any set of images becomes a set of
 * recordings: {@link org.qsnn.simulate.EventCamera} records a {@link org.qsnn.simulate.Scene}, for
 * example a {@link org.qsnn.simulate.MovingImage} as CIFAR10-DVS was recorded.
 *
 * <p>May import {@code org.qsnn}, {@code org.qsnn.event} and {@code org.qsnn.tensor}. A recording
 * is a function of the scene, the camera, its seed and the recording's id, the same bits on every
 * JVM.
 *
 * <p>Read {@link org.qsnn.simulate.CameraModel} first: it has the model and its sources.
 */
package org.qsnn.simulate;
