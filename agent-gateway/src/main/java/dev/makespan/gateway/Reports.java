package dev.makespan.gateway;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Results that come beside the stream, until the scheduler answers each. */
public final class Reports {

  /** Reports that wait at once; more are refused. */
  static final int MAX_WAITING = 10_000;

  /** What became of a report. */
  public sealed interface Answer {
    record Acknowledged(GatewaySays.ResultAck ack) implements Answer {}

    /** Nobody can say; to be reported again. */
    record Unanswered(String reason) implements Answer {}
  }

  private record Key(SessionId session, TaskRef task, String resultId) {}

  private record Waiting(Instant until, Consumer<Answer> asker) {}

  private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final InstantSource time;
  private final Duration timeout;

  public Reports(Scheduler scheduler, InstantSource time, Duration timeout) {
    this.scheduler = scheduler;
    this.time = time;
    this.timeout = timeout;
  }

  /** Passes a result on; {@code asker} hears once. The session need not be open. */
  public void report(SessionId session, AgentSays.Result result, Consumer<Answer> asker) {
    if (waiting.size() >= MAX_WAITING) {
      asker.accept(new Answer.Unanswered("too many results wait for the scheduler; come back"));
      return;
    }
    Key key = new Key(session, result.task(), result.resultId());
    Waiting older = waiting.put(key, new Waiting(time.instant().plus(timeout), asker));
    if (older != null) {
      older.asker.accept(new Answer.Unanswered("the same result was reported again meanwhile"));
    }
    if (!scheduler.said(session, result)) {
      answer(key, new Answer.Unanswered("no scheduler is there; come back"));
    }
  }

  /** The scheduler's answer to any result. */
  public void acknowledged(SessionId session, GatewaySays.ResultAck ack) {
    answer(new Key(session, ack.task(), ack.resultId()), new Answer.Acknowledged(ack));
  }

  /** Time has passed. */
  public void tick() {
    Instant now = time.instant();
    waiting.forEach((key, one) -> {
      if (!now.isBefore(one.until)) {
        answer(
            key,
            new Answer.Unanswered(
                "the scheduler has not answered within " + timeout.toSeconds() + " s"));
      }
    });
  }

  /** The link is lost, and all answers with it. */
  public void linkLost() {
    for (Key key : waiting.keySet()) {
      answer(key, new Answer.Unanswered("the scheduler was lost; come back"));
    }
  }

  private void answer(Key key, Answer answer) {
    Waiting one = waiting.remove(key);
    if (one != null) {
      one.asker.accept(answer);
    }
  }
}
