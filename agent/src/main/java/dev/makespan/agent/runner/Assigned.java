package dev.makespan.agent.runner;

import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;

/** What an attempt is about. */
record Assigned(TaskRef task, int attempt, TaskSpec spec, TaskContext context) {

  /** Of the commit that holds its work. */
  String commitMessage() {
    String title = spec.title().isBlank() ? task.task().value() : spec.title();
    return """
    %s

    Makespan-Run: %s
    Makespan-Task: %s
    Makespan-Attempt: %d
    Makespan-Fence: %d
    """
        .formatted(
            title.lines().findFirst().orElse("Work"),
            task.run(),
            task.task(),
            attempt,
            task.fence());
  }
}
