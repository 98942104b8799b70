package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.util.List;
import java.util.stream.Collectors;

/** Answers live attempts that ask for more files; what is granted is journaled with the attempt. */
final class LateFiles {

  /** Paths of a warning; more are counted. */
  private static final int MAX_NAMED = 3;

  private final Books books;

  LateFiles(Books books) {
    this.books = books;
  }

  /** {@code ref} is live and has started. */
  void ask(TaskRef ref, String request, List<FileAccess> files, Stepping step) {
    LiveRun live = books.run(ref.run());
    switch (live.askLate(live.run().indexOf(ref.task()), request, files)) {
      case LateAnswer.Granted granted -> grant(ref, request, granted.files(), step);
      case LateAnswer.Queued queued -> {
        tell(ref, request, Ruling.QUEUED, queued.reason(), step);
        warn(ref, files, queued.others(), step);
      }
      case LateAnswer.Refused refused -> {
        tell(ref, request, Ruling.REFUSED, refused.reason(), step);
        warn(ref, files, refused.others(), step);
      }
    }
  }

  /** Both sides at once, while each can still do something about it. */
  private void warn(TaskRef ref, List<FileAccess> files, List<Integer> others, Stepping step) {
    LiveRun live = books.run(ref.run());
    Run run = live.run();
    String paths = paths(files);
    for (int other : others) {
      TaskId name = run.task(other).id();
      long fence = run.life(other).state().liveFence();
      warn(
          ref, "task %s has to do with %s, too: the two may conflict".formatted(name, paths), step);
      boolean works = fence != 0 && !(run.life(other).state() instanceof TaskState.Integrating);
      if (works) {
        TaskRef held = new TaskRef(ref.run(), name, fence);
        warn(
            held,
            "task %s writes %s, with which this one has to do, too: the two may conflict"
                .formatted(ref.task(), paths),
            step);
      }
    }
  }

  private void warn(TaskRef ref, String text, Stepping step) {
    LiveRun live = books.run(ref.run());
    step.tellHolder(live, live.run().indexOf(ref.task()), new GatewaySays.Warning(ref, text));
  }

  private static String paths(List<FileAccess> files) {
    String first =
        files.stream()
            .limit(MAX_NAMED)
            .map(file -> file.path().text())
            .collect(Collectors.joining(", "));
    int more = files.size() - MAX_NAMED;
    return more > 0 ? "%s and %d more".formatted(first, more) : first;
  }

  /** Tells those that waited and have by now what they asked for. */
  void sayGranted(Stepping step) {
    for (Books.LateGrant late : books.takeLateGrants()) {
      grant(late.task(), late.requestId(), late.files(), step);
    }
  }

  private void grant(TaskRef ref, String request, List<FileAccess> files, Stepping step) {
    step.decide(ref, new TaskCommand.GrantFiles(ref.fence(), request, files));
    tell(ref, request, Ruling.GRANTED, "", step);
  }

  /** An agent that is away asks again when it comes back. */
  private void tell(TaskRef ref, String request, Ruling ruling, String text, Stepping step) {
    LiveRun live = books.run(ref.run());
    step.tellHolder(
        live, live.run().indexOf(ref.task()), new GatewaySays.Answer(ref, request, ruling, text));
  }
}
