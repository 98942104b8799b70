package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent as operators see it.
 *
 * @param session null: it is not connected, and its attempts wait for its return
 * @param free slots that may be given away now
 * @param attempts that it has, in the order of their assignment
 * @param heardAt null: nothing was heard of it since the shard was taken over
 * @param silent its lease ran out, and it has said nothing since
 * @param pauses that keep it, or a role of it, from new work
 */
public record AgentView(
    AgentId id,
    @Nullable SessionId session,
    List<Role> roles,
    int slots,
    int free,
    List<TaskRef> attempts,
    @Nullable Instant heardAt,
    boolean draining,
    boolean silent,
    List<AgentPause> pauses) {

  public AgentView {
    roles = List.copyOf(roles);
    attempts = List.copyOf(attempts);
    pauses = List.copyOf(pauses);
  }
}
