package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySays.Ruling;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskRef;
import java.util.List;

/** Answers live attempts that ask for more files; what is granted is journaled with the attempt. */
final class LateFiles {

  private final Books books;

  LateFiles(Books books) {
    this.books = books;
  }

  /** {@code ref} is live and has started. */
  void ask(TaskRef ref, String request, List<FileAccess> files, Stepping step) {
    LiveRun live = books.run(ref.run());
    switch (live.askLate(live.run().indexOf(ref.task()), request, files)) {
      case LateAnswer.Granted granted -> grant(ref, request, granted.files(), step);
      case LateAnswer.Queued queued -> tell(ref, request, Ruling.QUEUED, queued.reason(), step);
      case LateAnswer.Refused refused -> tell(ref, request, Ruling.REFUSED, refused.reason(), step);
    }
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
