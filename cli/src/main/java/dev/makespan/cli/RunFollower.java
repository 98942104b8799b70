package dev.makespan.cli;

import dev.makespan.proto.run.v1.RunEvent;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Follows a run's events to its end, each once and in order, over any number of streams: a broken
 * one is opened again after the last position.
 */
final class RunFollower {

  /** How long nothing may come through before the follower gives up. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(300);

  private final PlannerClient planner;
  private final long run;
  private final Consumer<String> narrator;
  private long position;
  private boolean finished;

  /**
   * A follower of one run.
   *
   * @param position where the events begin that are not known yet
   */
  RunFollower(PlannerClient planner, long run, long position, Consumer<String> narrator) {
    this.planner = planner;
    this.run = run;
    this.position = position;
    this.narrator = narrator;
  }

  /** Returns when the run has finished. */
  void follow(Consumer<RunEvent> listener) throws InterruptedException, Failure {
    long patienceEnds = System.nanoTime() + PATIENCE.toNanos();
    boolean broken = false;
    while (!finished) {
      long before = position;
      try {
        read(listener);
        broken = false;
      } catch (StatusRuntimeException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (!Statuses.mayPass(e.getStatus())) {
          throw e;
        }
        if (!broken) {
          narrator.accept("the planner is away; the run goes on, waiting for it");
        }
        broken = true;
      }
      if (position > before) {
        patienceEnds = System.nanoTime() + PATIENCE.toNanos();
      } else if (System.nanoTime() > patienceEnds) {
        patienceEnds = renewed();
      }
      if (!finished) {
        Thread.sleep(PAUSE);
      }
    }
  }

  private void read(Consumer<RunEvent> listener) {
    Iterator<RunEvent> events = planner.watch(run, position);
    while (events.hasNext()) {
      RunEvent event = events.next();
      if (event.getPosition() <= position) {
        continue;
      }
      position = event.getPosition();
      listener.accept(event);
      if (event.getEventCase() == RunEvent.EventCase.RUN_FINISHED) {
        finished = true;
        return;
      }
    }
  }

  /** A quiet run is fine as long as the planner knows it. */
  private long renewed() throws Failure {
    try {
      planner.run(run);
      return System.nanoTime() + PATIENCE.toNanos();
    } catch (StatusRuntimeException e) {
      throw new Failure(
          ExitCodes.UNREACHABLE,
          "the planner has been away for %d s; run %d may go on, see makespan report %d"
              .formatted(PATIENCE.toSeconds(), run, run),
          e);
    }
  }
}
