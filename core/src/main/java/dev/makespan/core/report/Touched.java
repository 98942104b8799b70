package dev.makespan.core.report;

import dev.makespan.core.learn.TouchedFiles;
import dev.makespan.core.task.Attempt;
import dev.makespan.core.task.Traces;
import java.util.ArrayList;
import java.util.List;

/** What the attempts of a run touched and used, taken together. */
final class Touched {

  private Touched() {}

  static Traces.Usage usage(RunRecord run) {
    Traces.Usage sum = Traces.Usage.NONE;
    for (TaskTimes task : run.tasks()) {
      for (Attempt attempt : task.attempts()) {
        sum = sum.plus(attempt.delivery().traces().usage());
      }
    }
    return sum;
  }

  static List<TouchedFiles> files(RunRecord run) {
    List<TouchedFiles> touched = new ArrayList<>();
    for (TaskTimes task : run.tasks()) {
      for (Attempt attempt : task.attempts()) {
        Traces traces = attempt.delivery().traces();
        touched.add(
            new TouchedFiles(
                task.task(),
                attempt.number(),
                attempt.agent().value(),
                attempt.outcome() == Attempt.Outcome.DONE,
                traces.files(),
                traces.filesLeftOut() == 0));
      }
    }
    return touched;
  }
}
