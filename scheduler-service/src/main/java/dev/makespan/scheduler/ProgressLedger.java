package dev.makespan.scheduler;

import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds in the events of live runs what their rows have to say. */
final class ProgressLedger {

  private final Map<RunId, RunProgress> live = new HashMap<>();
  private final Map<RunId, RunProgress> changed = new LinkedHashMap<>();

  void add(RunEvent event) {
    RunProgress before = live.computeIfAbsent(event.run(), ProgressLedger::fresh);
    RunProgress after = after(before, event);
    if (after.equals(before) && !(event.change() instanceof RunEvent.RunReopened)) {
      return;
    }
    changed.put(event.run(), after);
    if (after.state().isFinal()) {
      live.remove(event.run());
    } else {
      live.put(event.run(), after);
    }
  }

  /** What has changed since this was asked last. */
  List<RunProgress> drain() {
    List<RunProgress> drained = List.copyOf(changed.values());
    changed.clear();
    return drained;
  }

  private static RunProgress fresh(RunId run) {
    return new RunProgress(run, RunState.RUNNING, "", null, null);
  }

  private static RunProgress after(RunProgress before, RunEvent event) {
    return switch (event.change()) {
      case RunEvent.RunStarted _,
          RunEvent.BudgetSet _,
          RunEvent.CheckpointApproved _,
          RunEvent.BatchFormed _,
          RunEvent.BatchEnded _,
          RunEvent.MergesHeld _,
          RunEvent.MergesReleased _,
          RunEvent.MergesReordered _ ->
          before;
      case RunEvent.RunAmended c -> before.amended(c.planVersion());
      case RunEvent.RunPaused c ->
          with(before, RunState.PAUSED, c.reason(), before.startedAt(), null);
      case RunEvent.RunReopened _, RunEvent.RunResumed _ ->
          with(before, RunState.RUNNING, "", before.startedAt(), null);
      case RunEvent.RunCancelRequested c ->
          with(before, RunState.CANCELLING, c.reason(), before.startedAt(), null);
      case RunEvent.RunFinished c ->
          with(before, c.state(), c.reason(), before.startedAt(), event.at());
      case RunEvent.TaskChanged c ->
          c.event() instanceof TaskEvent.Started && before.startedAt() == null
              ? with(before, before.state(), before.reason(), event.at(), null)
              : before;
    };
  }

  private static RunProgress with(
      RunProgress before,
      RunState state,
      String reason,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt) {
    return new RunProgress(before.run(), state, reason, startedAt, finishedAt, before.amendedTo());
  }
}
