package dev.makespan.gateway.records;

import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which session holds which attempt, as far as this gateway has heard: begun by what the scheduler
 * says, kept by what the agent says after it. Any thread.
 */
public final class Holdings {

  /** After it was last heard of; longer than some heartbeats, and the time for late uploads. */
  static final Duration LATE = Duration.ofSeconds(60);

  private record Holding(SessionId session, Instant until) {}

  private final Map<TaskRef, Holding> holdings = new ConcurrentHashMap<>();
  private final InstantSource time;

  public Holdings(InstantSource time) {
    this.time = time;
  }

  /** The scheduler has given the attempt to the session, or lets it go on. */
  public void given(SessionId session, TaskRef attempt) {
    holdings.put(attempt, new Holding(session, time.instant().plus(LATE)));
  }

  /** The agent says that it holds these; others than were given count for nothing. */
  public void held(SessionId session, List<TaskRef> attempts) {
    Instant until = time.instant().plus(LATE);
    for (TaskRef attempt : attempts) {
      holdings.computeIfPresent(
          attempt,
          (ref, known) -> known.session.equals(session) ? new Holding(session, until) : known);
    }
  }

  /** Null: the session may write for the attempt. */
  public @Nullable RecordRefusal refusal(SessionId session, TaskRef attempt) {
    Holding known = holdings.get(attempt);
    boolean holds =
        known != null && known.session.equals(session) && time.instant().isBefore(known.until);
    return holds
        ? null
        : new RecordRefusal(
            RecordRefusal.Kind.NOT_HELD,
            "expected the session that holds " + attempt + ", was " + session);
  }

  /** Time has passed. */
  public void tick() {
    Instant now = time.instant();
    holdings.values().removeIf(holding -> !now.isBefore(holding.until));
  }
}
