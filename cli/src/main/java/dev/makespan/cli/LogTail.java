package dev.makespan.cli;

import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.ReadLogsResponse;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskRun;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the logs of one task or of all, once or as they grow; each piece is printed once. */
final class LogTail {

  private static final Duration PAUSE = Duration.ofMillis(300);

  /** Which log; of a task that is tried again there are several. */
  private record Log(String task, int attempt) {}

  /** Up to where it was printed. */
  private static final class Mark {
    private long sequence;
    private long end;
    private boolean last;
    private boolean wasOver;
  }

  private final PlannerClient planner;
  private final long run;
  private final String task;
  private final int attempt;
  private final LogPrinter printer;
  private final Map<Log, Mark> marks = new LinkedHashMap<>();

  /**
   * A tail of one run.
   *
   * @param task empty: all
   * @param attempt 0: the newest, and those that follow it
   */
  LogTail(PlannerClient planner, long run, String task, int attempt, LogPrinter printer) {
    this.planner = planner;
    this.run = run;
    this.task = task;
    this.attempt = attempt;
    this.printer = printer;
  }

  /** What is there, and, if {@code follow}, what comes. */
  void show(boolean follow) throws Failure, InterruptedException {
    boolean first = true;
    while (true) {
      Run now = planner.run(run);
      requireTask(now);
      boolean open = false;
      for (TaskRun one : now.getTasksList()) {
        if (task.isEmpty() || task.equals(one.getTask())) {
          open |= show(one, first);
        }
      }
      first = false;
      if (!follow || (isOver(now) && !open)) {
        marks.keySet().forEach(log -> printer.end(log.task()));
        return;
      }
      Thread.sleep(PAUSE);
    }
  }

  private void requireTask(Run now) throws Failure {
    if (task.isEmpty()) {
      return;
    }
    TaskRun found =
        now.getTasksList().stream()
            .filter(one -> one.getTask().equals(task))
            .findFirst()
            .orElseThrow(() -> Failure.badInput("run " + run + " has no task " + task));
    boolean known =
        attempt == 0
            || found.getAttemptsList().stream().anyMatch(one -> one.getNumber() == attempt);
    if (!known) {
      throw Failure.badInput(
          "task %s: expected an attempt of 1 to %d, was %d"
              .formatted(task, found.getAttemptsCount(), attempt));
    }
  }

  private boolean isOver(Run now) {
    if (attempt != 0) {
      return true;
    }
    RunState state = now.getState();
    return state != RunState.RUN_STATE_RUNNING
        && state != RunState.RUN_STATE_PAUSED
        && !now.getTasksList().stream()
            .anyMatch(
                one -> one.getAttemptsList().stream().anyMatch(tried -> !tried.hasFinishTime()));
  }

  /** Whether more may come of what was begun. */
  private boolean show(TaskRun one, boolean first) {
    boolean open = false;
    List<Attempt> attempts = one.getAttemptsList();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt tried = attempts.get(i);
      boolean newest = i == attempts.size() - 1;
      Log log = new Log(one.getTask(), tried.getNumber());
      boolean meant =
          attempt == 0 ? newest || marks.containsKey(log) || !first : attempt == tried.getNumber();
      if (meant) {
        open |= show(log, tried.hasFinishTime());
      }
    }
    return open;
  }

  private boolean show(Log log, boolean over) {
    Mark mark = marks.computeIfAbsent(log, _ -> new Mark());
    if (mark.last || mark.wasOver) {
      return false;
    }
    Iterator<ReadLogsResponse> pieces = planner.logs(run, log.task(), log.attempt(), mark.sequence);
    while (pieces.hasNext()) {
      ReadLogsResponse piece = pieces.next();
      if (piece.getOffset() > mark.end) {
        printer.dropped(log.task(), piece.getOffset() - mark.end);
      }
      printer.print(log.task(), piece.getData());
      mark.sequence = piece.getSequence();
      mark.end = piece.getOffset() + piece.getData().size();
      mark.last = piece.getLast();
    }
    // Once more after its end, for what was on its way.
    mark.wasOver = over;
    if (over || mark.last) {
      printer.end(log.task());
    }
    return !mark.last && !mark.wasOver;
  }
}
