package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does the tasks that say nothing to run with a {@link Worker} of this process: gives it a folder,
 * looks for what it must leave behind, and tells how it ended. Pretended runs are pretended.
 */
public final class WorkerRunner implements Runner {

  private final Worker worker;
  private final Runner pretending;
  private final AttemptsHome home;
  private final Set<WorkerAttempt> attempts = ConcurrentHashMap.newKeySet();

  /**
   * Makes one; closes {@code pretending} when it is closed.
   *
   * @param folder where attempts are kept; agents of one machine may share it
   * @param pretending for runs that are simulated
   * @throws IOException when the folder cannot be used
   */
  public WorkerRunner(Worker worker, Path folder, Runner pretending) throws IOException {
    this.worker = worker;
    this.pretending = pretending;
    this.home = AttemptsHome.open(folder.toAbsolutePath().resolve("attempts"));
  }

  @Override
  public String refusal(TaskSpec spec) {
    if (spec.simulated()) {
      return "";
    }
    if (!(spec.work() instanceof dev.makespan.core.plan.Work.AgentsDefault)) {
      return "this agent does work of its own; the task says what to run";
    }
    if (spec.surroundings().workspace() != null) {
      return "this agent makes no worktrees";
    }
    List<String> commands =
        spec.gates().stream().filter(gate -> !GateTrials.isOfFile(gate)).toList();
    return commands.isEmpty() ? "" : "this agent does not try gates such as " + commands.getFirst();
  }

  @Override
  public Work start(TaskRef task, int attempt, TaskSpec spec, TaskContext context, News news) {
    if (spec.simulated()) {
      return pretending.start(task, attempt, spec, context, news);
    }
    WorkerAttempt begun =
        new WorkerAttempt(
            new Assigned(task, attempt, spec, context), news, worker, home, attempts::remove);
    attempts.add(begun);
    begun.begin();
    return begun;
  }

  /** Interrupts what goes on, and does not wait for it. */
  @Override
  public void close() {
    attempts.forEach(WorkerAttempt::interrupt);
    try {
      home.close();
    } catch (IOException e) {
      // The next agent finds what is left.
      return;
    } finally {
      pretending.close();
    }
  }
}
