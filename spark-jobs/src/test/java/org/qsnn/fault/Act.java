package org.qsnn.fault;

/** What a fault does to the process that it strikes. */
enum Act {
  /** Ends the JVM at once, as a killed process or a lost machine does. */
  HALT,
  /** Stops the process with SIGSTOP; somebody else lets it go on. */
  FREEZE,
  /** Tells an executor with SIGPWR, as a cluster does, that its machine will be taken away. */
  DECOMMISSION,
  /** Throws an exception, always in the same shard. */
  FAIL,
  /** Says that the heap is exhausted, with which an executor ends. */
  EXHAUST,
  /** Sleeps a moment of random length, every time. */
  DELAY,
  /** Makes the first attempt of one shard's task slow, every time, so that a twin is faster. */
  LAG,
  /** Sleeps for some seconds. */
  PAUSE,
  /** Writes a line into a file, every time. */
  COUNT,
  /** On the driver: kills one executor and goes on when it is dead. */
  KILL_EXECUTOR
}
