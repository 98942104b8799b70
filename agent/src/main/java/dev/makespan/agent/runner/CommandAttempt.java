package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.WorkReport;
import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.Workspaces;
import dev.makespan.agent.workspace.Worktree;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.BatchSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on a thread of its own: makes its place, runs its command, looks at what is left, and
 * takes the place away before it tells how it ended.
 */
final class CommandAttempt implements Runner.Work {

  /** An end waits so long until the gateway has kept what was said. */
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(5);

  private final Assigned assigned;
  private final Runner.News news;
  private final Commands commands;
  private final Workspaces workspaces;
  private final RunnerSettings settings;
  private final AttemptsHome home;
  private final Consumer<CommandAttempt> over;
  private final Thread thread;
  private final Warnings warnings = new Warnings();
  private @Nullable AttemptCommands running;
  private boolean stopped;

  CommandAttempt(
      Assigned assigned,
      Runner.News news,
      Commands commands,
      Workspaces workspaces,
      RunnerSettings settings,
      AttemptsHome home,
      Consumer<CommandAttempt> over) {
    this.assigned = assigned;
    this.news = news;
    this.commands = commands;
    this.workspaces = workspaces;
    this.settings = settings;
    this.home = home;
    this.over = over;
    this.thread =
        Thread.ofPlatform().daemon().name("attempt " + assigned.task()).unstarted(this::run);
  }

  void begin() {
    thread.start();
  }

  /** Whether it is over within {@code most}. */
  boolean endsWithin(Duration most) throws InterruptedException {
    return thread.join(most);
  }

  @Override
  public synchronized void stop(Duration grace) {
    stopped = true;
    AttemptCommands now = running;
    if (now == null || !now.stop(grace)) {
      thread.interrupt();
    }
  }

  @Override
  public void warn(String text) {
    warnings.add(text);
  }

  private void run() {
    try {
      WorkReport report = outcome();
      finishLog();
      tell(report);
    } finally {
      over.accept(this);
    }
  }

  /** Null: it was stopped. */
  private @Nullable WorkReport outcome() {
    try {
      return attempt();
    } catch (AttemptProblem e) {
      return failed(e.isRetryable() ? Outcome.FAILED : Outcome.FATAL, e.text());
    } catch (InterruptedException e) {
      return null;
    } catch (IOException e) {
      return failed(Outcome.FAILED, meaning(e));
    } catch (RuntimeException e) {
      return failed(Outcome.FATAL, "the agent cannot do this: " + e.getMessage());
    }
  }

  /** Before the end is told: afterwards nobody has to take it any more. */
  private void finishLog() {
    try {
      news.output().finish(LOG_PATIENCE);
    } catch (InterruptedException e) {
      // Asked to stop once more: then without the rest of what was said.
      return;
    }
  }

  private void tell(@Nullable WorkReport report) {
    if (report == null || wasStopped()) {
      news.stopped(how());
    } else {
      news.finished(report);
    }
  }

  private synchronized boolean wasStopped() {
    return stopped;
  }

  private synchronized String how() {
    String how = running == null ? "" : running.how();
    return how.isEmpty() ? "between commands" : how;
  }

  private static WorkReport failed(Outcome outcome, String why) {
    return new WorkReport(outcome, Evaluation.capped(why), Map.of(), List.of(), List.of());
  }

  static String meaning(IOException problem) {
    String text = String.valueOf(problem.getMessage());
    return text.toLowerCase(Locale.ROOT).contains("no space left")
        ? "the disk is full: " + text
        : "the attempt's folder cannot be used: " + text;
  }

  private WorkReport attempt() throws AttemptProblem, IOException, InterruptedException {
    AttemptFolder folder = AttemptFolder.make(home.folder(), home.inMemory(), assigned.task());
    @Nullable AttemptPlace place = null;
    try {
      place = AttemptPlace.make(assigned, folder, workspaces, settings);
      return inPlace(place);
    } finally {
      remove(place, folder);
    }
  }

  /** Also when it was stopped: an interrupt that comes now is for what was running. */
  private void remove(@Nullable AttemptPlace place, AttemptFolder folder) {
    try {
      Thread.interrupted();
      if (place != null) {
        place.remove();
      }
    } catch (InterruptedException e) {
      // Its worktree is forgotten with the next one of this repository.
      thread.interrupt();
    } finally {
      folder.delete();
    }
  }

  private WorkReport inPlace(AttemptPlace place)
      throws AttemptProblem, IOException, InterruptedException {
    AttemptCommands ours = place.commands(news.output());
    BatchSpec batch = assigned.spec().surroundings().batch();
    if (batch != null) {
      return merged(place, ours, batch);
    }
    List<String> argv = place.argv(commands);
    begin(ours);
    news.started();
    Told told = new Told(assigned.spec().milestones(), news);
    Drift drift = new Drift(new DeclaredFiles(assigned.spec().files()), news);
    Runnable warn = () -> warnings.handOn(place.folder().warnings(), news.output());
    Watch watch = new Watch(place, told, drift, warn);
    GateTrials.Ended ended = ours.run(argv, place.input(), watch::look);
    watch.finish();
    GateTrials.Trial trial = line -> ours.run(line, AttemptPlace.NOTHING, watch::look);
    WorkReport report =
        Evaluation.of(assigned, place, told, drift, news::keep, settings.patience(), ended, trial);
    told.flush();
    return report;
  }

  private WorkReport merged(AttemptPlace place, AttemptCommands ours, BatchSpec batch)
      throws AttemptProblem, IOException, InterruptedException {
    Worktree worktree = place.worktree();
    AttemptWorkspace wanted = assigned.spec().surroundings().workspace();
    if (worktree == null || wanted == null) {
      throw AttemptProblem.forGood("expected a workspace to merge in, there was none");
    }
    begin(ours);
    news.started();
    Told told = new Told(List.of(), news);
    return new BatchWork(
            batch,
            workspaces.merging(worktree, wanted),
            line -> ours.run(line, AttemptPlace.NOTHING, told::flush),
            told::note)
        .done();
  }

  private synchronized void begin(AttemptCommands ours) throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("asked to stop");
    }
    running = ours;
  }
}
