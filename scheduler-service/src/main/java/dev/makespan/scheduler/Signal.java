package dev.makespan.scheduler;

/** What the shard's thread is told from inside; goes before all mail. */
sealed interface Signal {

  /** A group is durable. */
  record Durable(long group) implements Signal {}

  /** The shard is somebody else's, or can't be served any more. */
  record Lost(String reason) implements Signal {}

  /** The process is about to end. */
  record Stop() implements Signal {}
}
