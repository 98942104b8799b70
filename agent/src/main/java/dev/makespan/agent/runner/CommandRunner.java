package dev.makespan.agent.runner;

import dev.makespan.agent.Runner;
import dev.makespan.agent.workspace.Workspaces;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Does tasks with commands, in worktrees where the plan has a workspace. Pretended runs are
 * pretended here, too.
 */
public final class CommandRunner implements Runner {

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Commands commands;
  private final RunnerSettings settings;
  private final Runner pretending;
  private final Workspaces workspaces;
  private final AttemptsHome home;
  private final Set<CommandAttempt> attempts = ConcurrentHashMap.newKeySet();

  private CommandRunner(Commands commands, RunnerSettings settings, Runner pretending)
      throws IOException {
    this.commands = commands;
    this.settings = settings;
    this.pretending = pretending;
    this.workspaces = new Workspaces(settings.folder(), settings.relativeTo());
    this.home = AttemptsHome.open(settings.folder().toAbsolutePath().resolve("attempts"));
  }

  /**
   * Runs the commands and scripts of tasks.
   *
   * @param pretending for runs that are simulated
   * @throws IOException when its folder cannot be used
   */
  public static CommandRunner shell(RunnerSettings settings, Runner pretending) throws IOException {
    return new CommandRunner(new Commands.Shell(), settings, pretending);
  }

  /**
   * Hands the prompts of tasks to {@code command}, as a file and on standard input.
   *
   * @param command for a shell
   */
  public static CommandRunner prompt(String command, RunnerSettings settings, Runner pretending)
      throws IOException {
    if (command.isBlank()) {
      throw new IllegalArgumentException("runner: expected prompt=COMMAND, was no command");
    }
    return new CommandRunner(new Commands.Prompted(command), settings, pretending);
  }

  @Override
  public String refusal(TaskSpec spec) {
    boolean merges = spec.surroundings().batch() != null;
    return spec.simulated() || merges ? "" : commands.refusal(spec);
  }

  @Override
  public Work start(TaskRef task, int attempt, TaskSpec spec, TaskContext context, News news) {
    if (spec.simulated()) {
      return pretending.start(task, attempt, spec, context, news);
    }
    CommandAttempt begun =
        new CommandAttempt(
            new Assigned(task, attempt, spec, context),
            news,
            commands,
            workspaces,
            settings,
            home,
            attempts::remove);
    attempts.add(begun);
    begun.begin();
    return begun;
  }

  /** Ends what runs, and waits a moment until it is gone. */
  @Override
  public void close() {
    List<CommandAttempt> open = new ArrayList<>(attempts);
    open.forEach(attempt -> attempt.stop(Duration.ZERO));
    try {
      for (CommandAttempt attempt : open) {
        attempt.endsWithin(CLOSING);
      }
      home.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The next agent finds what is left.
      return;
    } finally {
      pretending.close();
    }
  }
}
