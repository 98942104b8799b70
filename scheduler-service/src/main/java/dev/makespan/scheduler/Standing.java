package dev.makespan.scheduler;

/** How this process stands to its shard. */
public sealed interface Standing {

  /** It has not asked yet. */
  record Starting() implements Standing {}

  /** It owns the shard and has taken its runs over. */
  record Owning(Ownership ownership) implements Standing {}

  /** Another process owns the shard; this one takes over when that one is silent. */
  record StandingBy() implements Standing {}

  /** The database does not answer. */
  record WithoutJournal(String why) implements Standing {}

  /** It is about to end. */
  record Stopped() implements Standing {}
}
