package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.Folders;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One attempt of a {@link Worker}, on a thread of its own and in a folder of its own. */
final class WorkerAttempt implements Runner.Work {

  private final Assigned assigned;
  private final Runner.News news;
  private final Worker worker;
  private final AttemptsHome home;
  private final Consumer<WorkerAttempt> over;
  private final Thread thread;
  private volatile boolean stopped;

  WorkerAttempt(
      Assigned assigned,
      Runner.News news,
      Worker worker,
      AttemptsHome home,
      Consumer<WorkerAttempt> over) {
    this.assigned = assigned;
    this.news = news;
    this.worker = worker;
    this.home = home;
    this.over = over;
    this.thread =
        Thread.ofPlatform().daemon().name("attempt " + assigned.task()).unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  void interrupt() {
    stopped = true;
    thread.interrupt();
  }

  /** Asks; a thread can't be forced, so that work which does not heed it goes on to its end. */
  @Override
  public void stop(Duration grace) {
    interrupt();
  }

  private void run() {
    try {
      WorkReport report = report();
      if (report == null || stopped) {
        news.stopped("interrupted");
      } else {
        news.finished(report);
      }
    } finally {
      over.accept(this);
    }
  }

  /** Null: it was stopped. */
  private @Nullable WorkReport report() {
    try {
      return inFolder();
    } catch (AttemptProblem e) {
      return failed(e.isRetryable() ? Outcome.FAILED : Outcome.FATAL, e.text());
    } catch (InterruptedException e) {
      return null;
    } catch (IOException e) {
      return failed(Outcome.FAILED, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return failed(Outcome.FAILED, "the agent broke: " + e);
    }
  }

  private WorkReport inFolder() throws AttemptProblem, IOException, InterruptedException {
    AttemptFolder folder = AttemptFolder.make(home.folder(), home.inMemory(), assigned.task());
    try {
      Path workspace = Folders.make(folder.workspace());
      news.started();
      Done done =
          worker.work(
              new Assignment(
                  assigned.task(),
                  assigned.attempt(),
                  assigned.spec(),
                  assigned.context(),
                  workspace,
                  news));
      return looked(done, workspace);
    } finally {
      folder.delete();
    }
  }

  private WorkReport looked(Done done, Path workspace) throws IOException, InterruptedException {
    Deliverables left = Deliverables.of(assigned.spec().surroundings(), workspace);
    if (!left.problems().isEmpty()) {
      return failed(
          Outcome.FAILED,
          "it ended well without what it had to deliver: " + String.join(", ", left.problems()));
    }
    List<GateReport> gates =
        GateTrials.of(assigned.spec().gates(), workspace, WorkerAttempt::noCommand);
    return new WorkReport(
        Outcome.OK,
        "done",
        done.metrics(),
        gates,
        List.of(),
        "",
        left.made(),
        done.usage(),
        done.outputs());
  }

  private static GateTrials.Ended noCommand(List<String> argv) {
    throw new IllegalStateException("a task with such a gate is refused: " + argv);
  }

  private static WorkReport failed(Outcome outcome, String why) {
    return new WorkReport(
        outcome,
        Evaluation.capped(why),
        Map.of(),
        List.of(),
        List.of(),
        "",
        List.of(),
        Usage.NONE,
        Map.of());
  }
}
