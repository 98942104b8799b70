package dev.makespan.planner;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.List;

/** What attempts have left behind: finds the attempt that is meant, and asks the gateways. */
public final class Records {

  static final int MAX_ARTIFACT_NAME = 256;

  /** A pause between two looks at a log that grows. */
  interface Pause {
    void pause() throws InterruptedException;
  }

  /** So many looks that find nothing stand between two questions whether the attempt goes on. */
  private static final int LOOKS = 4;

  /**
   * Which attempt.
   *
   * @param attempt 0: the newest
   */
  public record Wish(long runId, String task, int attempt) {}

  private record Meant(TaskRef ref, int number, boolean over) {}

  private final SchedulerClient scheduler;
  private final RecordClient gateways;
  private final Pause pause;

  Records(SchedulerClient scheduler, RecordClient gateways, Pause pause) {
    this.scheduler = scheduler;
    this.gateways = gateways;
    this.pause = pause;
  }

  /**
   * The log after a sequence; blocks until it is read.
   *
   * @param follow until the attempt has ended
   * @return the last sequence that was read
   */
  public Answer<Long> log(Wish wish, long after, boolean follow, RecordClient.Taker<LogPiece> taker)
      throws InterruptedException {
    return switch (meant(wish)) {
      case Answer.Refused<Meant>(Refusal refusal) -> Answer.refused(refusal);
      case Answer.Given<Meant>(Meant meant) ->
          follow
              ? new Following(wish, meant, taker).from(after)
              : gateways.log(meant.ref(), meant.number(), after, taker);
    };
  }

  /** The number of the attempt that is meant. */
  public Answer<Integer> attempt(Wish wish) {
    return meant(wish).map(Meant::number);
  }

  public Answer<List<ArtifactFact>> artifacts(Wish wish) {
    return meant(wish).then(meant -> gateways.artifacts(meant.ref(), meant.number()));
  }

  /** Its content; blocks until it is taken. */
  public Answer<ArtifactFact> artifact(Wish wish, String name, RecordClient.ContentTaker taker)
      throws InterruptedException {
    List<Violation> wrong = texts(wish).text("name", name, MAX_ARTIFACT_NAME).violations();
    if (!wrong.isEmpty()) {
      return Answer.refused(Refusal.invalid(wrong));
    }
    return switch (meant(wish)) {
      case Answer.Refused<Meant>(Refusal refusal) -> Answer.refused(refusal);
      case Answer.Given<Meant>(Meant meant) ->
          gateways.artifact(meant.ref(), meant.number(), name, taker);
    };
  }

  /**
   * An address in the store itself.
   *
   * @param lifetime zero: what the gateway likes
   */
  public Answer<ArtifactLink> link(Wish wish, String name, Duration lifetime) {
    List<Violation> wrong =
        texts(wish)
            .text("name", name, MAX_ARTIFACT_NAME)
            .require(!name.isEmpty(), "name", "expected an artifact's name, was none")
            .require(!lifetime.isNegative(), "lifetime", "expected no less than zero, was less")
            .violations();
    return wrong.isEmpty()
        ? meant(wish).then(meant -> gateways.link(meant.ref(), meant.number(), name, lifetime))
        : Answer.refused(Refusal.invalid(wrong));
  }

  private static Texts texts(Wish wish) {
    return new Texts()
        .require(wish.runId() > 0, "run_id", "expected a number above 0, was " + wish.runId())
        .id("task", wish.task())
        .require(!wish.task().isEmpty(), "task", "expected a task's id, was none")
        .require(wish.attempt() >= 0, "attempt", "expected a number from 0, was " + wish.attempt());
  }

  private Answer<Meant> meant(Wish wish) {
    List<Violation> wrong = texts(wish).violations();
    return wrong.isEmpty()
        ? scheduler.run(wish.runId()).then(run -> meant(run, wish))
        : Answer.refused(Refusal.invalid(wrong));
  }

  private static Answer<Meant> meant(ObservedRun run, Wish wish) {
    for (ObservedTask task : run.tasks()) {
      if (task.id().value().equals(wish.task())) {
        return attempt(run, task, wish.attempt());
      }
    }
    return Answer.refused(
        Refusal.of(
            Refusal.Kind.NOT_FOUND,
            "TASK_NOT_FOUND",
            "run " + run.id() + " has no task " + wish.task()));
  }

  private static Answer<Meant> attempt(ObservedRun run, ObservedTask task, int number) {
    List<Attempt> attempts = task.attempts();
    for (Attempt attempt : attempts.reversed()) {
      if (number == 0 || attempt.number() == number) {
        TaskRef ref =
            new TaskRef(new RunId(run.id()), new TaskId(task.id().value()), attempt.fence());
        return Answer.of(new Meant(ref, attempt.number(), attempt.finishedAt() != null));
      }
    }
    return Answer.refused(
        Refusal.of(
            Refusal.Kind.NOT_FOUND,
            "ATTEMPT_NOT_FOUND",
            number == 0
                ? "task %s of run %d has no attempt yet".formatted(task.id(), run.id())
                : "task %s of run %d: expected an attempt of 1 to %d, was %d"
                    .formatted(task.id(), run.id(), attempts.size(), number)));
  }

  /** Reads on until the log has its last piece, or the attempt has ended and nothing comes. */
  private final class Following implements RecordClient.Taker<LogPiece> {

    private final Wish wish;
    private final Meant meant;
    private final RecordClient.Taker<LogPiece> taker;
    private boolean done;

    Following(Wish wish, Meant meant, RecordClient.Taker<LogPiece> taker) {
      this.wish = new Wish(wish.runId(), wish.task(), meant.number());
      this.meant = meant;
      this.taker = taker;
    }

    @Override
    public boolean take(LogPiece piece) throws InterruptedException {
      done = !taker.take(piece) || piece.last();
      return !done;
    }

    /** After the end of the attempt once more: its last words may have been on their way. */
    Answer<Long> from(long after) throws InterruptedException {
      long sequence = after;
      boolean over = meant.over();
      int idle = 0;
      while (true) {
        switch (gateways.log(meant.ref(), meant.number(), sequence, this)) {
          case Answer.Refused<Long>(Refusal refusal) -> {
            return Answer.refused(refusal);
          }
          case Answer.Given<Long>(Long read) -> {
            idle = read == sequence ? idle + 1 : 0;
            sequence = read;
          }
        }
        if (done || !taker.isWanted() || (over && idle >= LOOKS)) {
          return Answer.of(sequence);
        }
        if (idle > 0 && idle % LOOKS == 0) {
          over = over || isOver();
          idle = 0;
        }
        pause.pause();
      }
    }

    /** A scheduler that is away for a while says nothing about it. */
    private boolean isOver() {
      return switch (meant(wish)) {
        case Answer.Given<Meant>(Meant now) -> now.over();
        case Answer.Refused<Meant>(Refusal refusal) -> refusal.kind() == Refusal.Kind.NOT_FOUND;
      };
    }
  }
}
