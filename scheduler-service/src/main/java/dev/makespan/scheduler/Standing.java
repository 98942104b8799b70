package dev.makespan.scheduler;

import java.util.List;

/** How this process stands to its shards. */
public sealed interface Standing {

  /** It has not asked yet. */
  record Starting() implements Standing {}

  /** It owns shards and has taken their runs over. */
  record Owning(List<Ownership> shards) implements Standing {}

  /** Other processes own all shards; this one takes over when one of them is silent. */
  record StandingBy() implements Standing {}

  /** The database does not answer. */
  record WithoutJournal(String why) implements Standing {}

  /** It is about to end. */
  record Stopped() implements Standing {}
}
