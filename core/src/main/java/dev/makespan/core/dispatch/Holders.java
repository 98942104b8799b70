package dev.makespan.core.dispatch;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.TaskRef;
import org.jspecify.annotations.Nullable;

/** Whose attempt is whose. A fence alone is no right: it can be guessed. */
final class Holders {

  private final Books books;

  Holders(Books books) {
    this.books = books;
  }

  /** Whether it is about an attempt that was given to somebody else, live or not. */
  boolean isAnothers(Agent agent, AgentSays message) {
    TaskRef ref = refOf(message);
    AgentId holder = ref == null ? null : findHolder(ref);
    return holder != null && !holder.equals(agent.id());
  }

  /** As far as is known of a session that need not be there. */
  boolean isAnothers(SessionId session, TaskRef ref) {
    AgentId holder = findHolder(ref);
    if (holder == null) {
      return false;
    }
    Agent speaker = books.fleet().findAgent(session);
    if (speaker != null) {
      return !speaker.id().equals(holder);
    }
    Agent known = books.fleet().findAgent(holder);
    return known != null && known.findSession() != null;
  }

  private @Nullable AgentId findHolder(TaskRef ref) {
    LiveRun live = books.findRun(ref.run());
    if (live == null || !live.run().contains(ref.task())) {
      return null;
    }
    Attempt attempt = live.run().life(live.run().indexOf(ref.task())).findAttempt(ref.fence());
    return attempt == null ? null : attempt.agent();
  }

  /** The attempt that a message is about; null: it is about none, or about several. */
  static @Nullable TaskRef refOf(AgentSays message) {
    return switch (message) {
      case AgentSays.Accept m -> m.task();
      case AgentSays.Refuse m -> m.task();
      case AgentSays.Started m -> m.task();
      case AgentSays.Progress m -> m.task();
      case AgentSays.MilestoneReached m -> m.task();
      case AgentSays.SlotFree m -> m.task();
      case AgentSays.Result m -> m.task();
      case AgentSays.Cancelled m -> m.task();
      case AgentSays.RaiseBlocker m -> m.task();
      case AgentSays.RequestFiles m -> m.task();
      case AgentSays.Hello _, AgentSays.Capacity _, AgentSays.Status _, AgentSays.Draining _ ->
          null;
    };
  }
}
