package org.qsnn.model;

/**
 * How a sample becomes what a network is shown: {@code [B, C, H, W]} images that are the same at
 * every timestep, or {@code [T, B, C, H, W]} frames, one for each. FORMAT.md has the equations.
 */
public sealed interface ModelInput permits ImageInput, FrameInput {}
