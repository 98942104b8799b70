package dev.makespan.gateway.grpc;

import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import dev.makespan.formats.agent.AgentLimits;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.TaskSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Specs that are too large for a stream of control messages, until their agents have fetched them.
 * An agent that comes too late refuses the assignment, and the task goes back.
 */
public final class LargeSpecs {

  /** Bytes of all that wait together; past it the oldest are forgotten. */
  static final long MAX_BYTES = 128L * 1024 * 1024;

  /** Longer than any assignment may stay unanswered. */
  static final Duration KEPT_FOR = Duration.ofSeconds(60);

  private record Kept(SessionId session, TaskSpec spec, Instant until) {}

  private final Map<TaskRef, Kept> kept = new LinkedHashMap<>();
  private final InstantSource time;
  private long bytes;

  public LargeSpecs(InstantSource time) {
    this.time = time;
  }

  /** The message as it is to be said: a large spec stays here. */
  ConnectResponse withoutLargeSpec(SessionId session, TaskRef ref, ConnectResponse message) {
    Assign assign = message.getAssign();
    int size = assign.getSpec().getSerializedSize();
    if (size <= AgentLimits.INLINE_SPEC_BYTES) {
      return message;
    }
    keep(session, ref, assign.getSpec(), size);
    return message.toBuilder().setAssign(assign.toBuilder().clearSpec().setSpecBytes(size)).build();
  }

  private synchronized void keep(SessionId session, TaskRef ref, TaskSpec spec, int size) {
    forget(ref);
    kept.put(ref, new Kept(session, spec, time.instant().plus(KEPT_FOR)));
    bytes += size;
    Iterator<Kept> oldest = kept.values().iterator();
    while (oldest.hasNext()) {
      Kept one = oldest.next();
      if (bytes <= MAX_BYTES && time.instant().isBefore(one.until)) {
        return;
      }
      bytes -= one.spec.getSerializedSize();
      oldest.remove();
    }
  }

  /** For the session that was assigned it. Null: it is not kept, or no more. */
  synchronized @Nullable TaskSpec find(SessionId session, TaskRef ref) {
    Kept one = kept.get(ref);
    return one != null && one.session.equals(session) && time.instant().isBefore(one.until)
        ? one.spec
        : null;
  }

  private void forget(TaskRef ref) {
    Kept before = kept.remove(ref);
    bytes -= before == null ? 0 : before.spec.getSerializedSize();
  }
}
