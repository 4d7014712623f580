package org.qsnn.event;

/** Takes a recording block by block, in the order of time. */
@FunctionalInterface
public interface EventSink {
  /**
   * @param block the next events, at least one; not earlier than those of the block before, of the
   *     same sensor; the sink may keep it
   */
  void accept(Events block);
}
