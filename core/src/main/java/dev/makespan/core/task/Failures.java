package dev.makespan.core.task;

import java.time.Duration;

/** What comes of an attempt that ended without success: another one after a pause, or the end. */
final class Failures {

  /** A pause between attempts is lengthened by up to this part of it. */
  static final double JITTER = 0.1;

  static final Duration LONGEST_PAUSE_AFTER_LOSS = Duration.ofSeconds(1);

  private Failures() {}

  /**
   * The event.
   *
   * @param chance from 0 to 1, for the jitter of the pause
   */
  static TaskEvent of(
      Counters before,
      long fence,
      FailureCause cause,
      String message,
      String resultId,
      TaskTerms terms,
      double chance) {
    return of(before, fence, cause, message, resultId, Traces.NONE, terms, chance);
  }

  /** The same, of an attempt that told what it had touched until then. */
  static TaskEvent of(
      Counters before,
      long fence,
      FailureCause cause,
      String message,
      String resultId,
      Traces traces,
      TaskTerms terms,
      double chance) {
    if (before.of(cause) + 1 >= terms.limitOf(cause)) {
      return new TaskEvent.Failed(fence, cause, message, resultId, traces);
    }
    long pause = pauseNanos(cause, terms);
    Duration backoff = Duration.ofNanos(pause + Math.round(pause * JITTER * chance));
    return new TaskEvent.AttemptFailed(fence, cause, message, backoff, resultId, traces);
  }

  /** An assignment that comes back unaccepted costs no attempt, but not for ever. */
  static TaskEvent returned(Counters before, long fence, String reason, TaskTerms terms) {
    if (before.yields() + 1 >= terms.yieldLimit()) {
      String message = "given back " + terms.yieldLimit() + " times, last: " + reason;
      return new TaskEvent.Failed(fence, FailureCause.INFRA, message, "");
    }
    return new TaskEvent.Returned(fence, reason);
  }

  /** A task whose agent was lost need not wait for the work to get better. */
  private static long pauseNanos(FailureCause cause, TaskTerms terms) {
    return switch (cause) {
      case WORK, GATE -> terms.backoff().toNanos();
      case INFRA -> Math.min(terms.backoff().toNanos(), LONGEST_PAUSE_AFTER_LOSS.toNanos());
    };
  }
}
