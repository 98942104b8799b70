package dev.makespan.scheduler;

import dev.makespan.core.dispatch.AgentPause;
import dev.makespan.scheduler.Mail.AgentsSeen;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What operators do with agents. Every method blocks: call on virtual threads. */
public final class Agents {

  private static final String NO_DATABASE = "the scheduler's database does not answer";

  private final ShardOwner owner;
  private final Journal journal;

  public Agents(ShardOwner owner, Journal journal) {
    this.owner = owner;
    this.journal = journal;
  }

  /** The agents of the shards that are here. */
  public AgentList agents() {
    try {
      List<AgentHere> agents = new ArrayList<>();
      for (int shard : owner.served()) {
        CompletableFuture<AgentsSeen> answer = new CompletableFuture<>();
        NotHere refusal = owner.offer(new Mail.ListAgents(shard, answer));
        if (refusal == null && answer.join() instanceof AgentsSeen.Known known) {
          agents.addAll(known.agents());
        }
      }
      List<String> others = owner.otherOwners();
      return agents.isEmpty() && owner.served().isEmpty() && others.isEmpty()
          ? new AgentList.Unavailable("the scheduler is starting")
          : new AgentList.Known(agents, journal.agentPauses(), others);
    } catch (JournalUnavailable e) {
      return new AgentList.Unavailable(NO_DATABASE);
    }
  }

  /** No new work from the answer on, as far as shards are here. */
  public AgentList pause(AgentPause.Kind kind, String name, String reason, String by) {
    return changed(() -> journal.pauseAgents(kind, name, reason, by));
  }

  /** New work again. */
  public AgentList resume(AgentPause.Kind kind, String name) {
    return changed(() -> journal.resumeAgents(kind, name));
  }

  private AgentList changed(Runnable change) {
    try {
      change.run();
      return new AgentList.Known(List.of(), owner.tellPauses(), List.of());
    } catch (JournalUnavailable e) {
      return new AgentList.Unavailable(NO_DATABASE);
    }
  }
}
