package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.core.dispatch.ShardInput;
import dev.makespan.core.dispatch.Situation;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.task.RunId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the shard's thread is told from outside, in its order. */
public sealed interface Mail {

  /** A client wants a change of one run. */
  record Change(
      RunId run, ShardInput input, @Nullable NewRun started, CompletableFuture<RunAnswer> answer)
      implements Mail {}

  /** A client is about to read from the journal a run that ended, to change it. */
  record Recall(RunId run, CompletableFuture<Recalled> answer) implements Mail {}

  /** Whether a run has to be read. */
  sealed interface Recalled {

    /** It is in memory. */
    record Here() implements Recalled {}

    /**
     * It stands in the journal alone, and what is read there holds as long as no run comes back.
     *
     * @param comebacks how many have come back so far
     */
    record Away(long comebacks) implements Recalled {}

    record NotOurs(String message) implements Recalled {}
  }

  /**
   * A client wants a change of a run that ended.
   *
   * @param run as its journal said after {@code comebacks} was answered
   */
  record Reopen(Run run, long comebacks, RunCommand command, CompletableFuture<RunAnswer> answer)
      implements Mail {}

  /** A client wants to see one run. */
  record Look(RunId run, CompletableFuture<RunAnswer> answer) implements Mail {}

  /** A client wants to know how one run and the agents stand. */
  record Ask(RunId run, CompletableFuture<Standings> answer) implements Mail {}

  /** What is known when a client asks. */
  sealed interface Standings {

    record Known(Situation situation) implements Standings {}

    record NoSuchRun() implements Standings {}

    record NotOurs(String message) implements Standings {}
  }

  /** A client wants to hear of one run. */
  record Subscribe(Watch watch, CompletableFuture<Subscribed> answer) implements Mail {}

  /** Operators want to see the agents of a shard. */
  record ListAgents(int shard, CompletableFuture<AgentsSeen> answer) implements Mail {}

  /** The agents of a shard, each with the gateway by which it is reached. */
  sealed interface AgentsSeen {

    record Known(List<AgentHere> agents) implements AgentsSeen {}

    record NotOurs(String message) implements AgentsSeen {}
  }

  /** Operators let these take no new work, and nobody else. */
  record PauseAgents(int shard, List<AgentPause> all, CompletableFuture<Boolean> answer)
      implements Mail {}

  /** A gateway is here. */
  record LinkOpened(Link link) implements Mail {}

  /** A gateway says something. */
  record LinkSays(Link link, LinkInput input) implements Mail {}

  /** A gateway is gone. */
  record LinkEnded(Link link, String reason) implements Mail {}

  /** Where a watch begins. */
  sealed interface Subscribed {

    /** The watch hears all after {@code position}; what is before stands in the journal. */
    record After(long position) implements Subscribed {}

    /** All there will ever be stands in the journal, if anything does. */
    record NotLive() implements Subscribed {}

    /** The shard is not ours. */
    record NotOurs(String message) implements Subscribed {}
  }

  /** Tells whoever waits for an answer that none will come. */
  static void abandon(Mail mail, String reason) {
    switch (mail) {
      case Change m -> m.answer().complete(new RunAnswer.Unavailable(reason));
      case Recall m -> m.answer().complete(new Recalled.NotOurs(reason));
      case Reopen m -> m.answer().complete(new RunAnswer.Unavailable(reason));
      case Look m -> m.answer().complete(new RunAnswer.Unavailable(reason));
      case Ask m -> m.answer().complete(new Standings.NotOurs(reason));
      case Subscribe m -> m.answer().complete(new Subscribed.NotOurs(reason));
      case ListAgents m -> m.answer().complete(new AgentsSeen.NotOurs(reason));
      case PauseAgents m -> m.answer().complete(false);
      case LinkOpened m -> m.link().lost(reason);
      case LinkSays m -> m.link().lost(reason);
      case LinkEnded _ -> {}
    }
  }
}
