package org.qsnn.dataset;

import org.qsnn.event.Events;

/** A sample that was cut from a recording. */
record LabeledEvents(int label, Events events) {}
