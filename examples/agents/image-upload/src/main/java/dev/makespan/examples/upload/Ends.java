package dev.makespan.examples.upload;

import dev.makespan.proto.run.v1.ListRunsResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Waits until runs have ended. One question for all of them is asked now and then. */
final class Ends {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Planner planner;
  private final String plan;

  Ends(Planner planner, String plan) {
    this.planner = planner;
    this.plan = plan;
  }

  /**
   * Those of {@code runs} that have ended within {@code most}, without their tasks. Who is missing
   * has not ended, or is not known.
   */
  Map<Long, Run> await(Set<Long> runs, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    while (true) {
      Map<Long, Run> ended = ended(runs);
      if (ended.size() == runs.size() || System.nanoTime() > end) {
        return ended;
      }
      Thread.sleep(PAUSE);
    }
  }

  private Map<Long, Run> ended(Set<Long> runs) {
    Map<Long, Run> ended = new LinkedHashMap<>();
    String page = "";
    int seen = 0;
    do {
      ListRunsResponse answer;
      try {
        answer = planner.runsOf(plan, page);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
          return Map.of();
        }
        throw e;
      }
      for (Run run : answer.getRunsList()) {
        if (runs.contains(run.getId())) {
          seen++;
          if (hasEnded(run.getState())) {
            ended.put(run.getId(), run);
          }
        }
      }
      page = answer.getNextPageToken();
    } while (!page.isEmpty() && seen < runs.size());
    return ended;
  }

  private static boolean hasEnded(RunState state) {
    return switch (state) {
      case RUN_STATE_DONE, RUN_STATE_FAILED, RUN_STATE_CANCELLED -> true;
      case RUN_STATE_RUNNING,
          RUN_STATE_CANCELLING,
          RUN_STATE_PAUSED,
          RUN_STATE_UNSPECIFIED,
          UNRECOGNIZED ->
          false;
    };
  }
}
