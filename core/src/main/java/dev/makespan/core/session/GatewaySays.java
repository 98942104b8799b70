package dev.makespan.core.session;

import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent is told on its stream. Durations are real time. */
public sealed interface GatewaySays {

  /** First, and once per stream. */
  record Welcome(
      List<HeldDecision> held, Duration statusInterval, Duration lease, Duration deliveryTimeout)
      implements GatewaySays {
    public Welcome {
      held = List.copyOf(held);
    }
  }

  /** Whether an attempt that the agent holds goes on; otherwise it is somebody else's by now. */
  record HeldDecision(TaskRef task, boolean continues) {}

  /**
   * A task for this agent, durable when said.
   *
   * @param deadline from the acceptance; null: none
   */
  record Assign(
      TaskRef task,
      int attempt,
      Duration lease,
      @Nullable Duration deadline,
      TaskSpec spec,
      TaskContext context)
      implements GatewaySays {

    /** Of a task of which nothing else is known. */
    public Assign(
        TaskRef task, int attempt, Duration lease, @Nullable Duration deadline, TaskSpec spec) {
      this(task, attempt, lease, deadline, spec, TaskContext.NONE);
    }
  }

  /** The lease holds so much longer from now. */
  record LeaseRenewed(TaskRef task, Duration lease) implements GatewaySays {}

  /** The attempt was replaced: stop, its result would be superseded. */
  record LeaseLost(TaskRef task) implements GatewaySays {}

  /**
   * Stop the work; said again until confirmed.
   *
   * @param grace between TERM and KILL
   */
  record Cancel(TaskRef task, Duration grace, String reason) implements GatewaySays {}

  /** An assignment that was not started is taken back. */
  record Retract(TaskRef task) implements GatewaySays {}

  /** What became of a result; the agent may forget it. */
  record ResultAck(TaskRef task, String resultId, Verdict verdict, String message)
      implements GatewaySays {}

  /**
   * To a blocker or a request for files.
   *
   * @param requestId the blocker's or the request's
   */
  record Answer(TaskRef task, String requestId, Ruling ruling, String text)
      implements GatewaySays {}

  /** What an agent may do now. */
  enum Ruling {
    /** Go on: the files are the agent's, or the text says what was asked. */
    GRANTED,
    /** Not yet; another answer follows. */
    QUEUED,
    /** Go on without, or end the attempt. */
    REFUSED
  }

  /** For who does the task, to be heeded or not: another one has to do with the same files. */
  record Warning(TaskRef task, String text) implements GatewaySays {}

  /** No new assignments are taken until Resume; what runs goes on. */
  record Pause(String reason) implements GatewaySays {}

  /** New assignments are taken again. */
  record Resume() implements GatewaySays {}

  /** Open the next stream first, then close this one. */
  record GoAway(String reason) implements GatewaySays {}

  /** A message was not understood or not allowed; the stream goes on. */
  record Nack(String reason) implements GatewaySays {}

  /** What became of a result. */
  enum Verdict {
    COMMITTED,
    /** The same result was committed before. */
    DUPLICATE,
    /** The attempt had been replaced or cancelled; nothing was changed. */
    SUPERSEDED,
    /** It makes no sense; nothing was changed. */
    INVALID
  }
}
