package dev.makespan.cli;

import dev.makespan.cli.suite.Home;
import dev.makespan.cli.suite.Suite;
import dev.makespan.cli.suite.SuiteProblem;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Runs an agent in this process. Its own program reads the options; they stand here for the help
 * and the completion.
 */
@Command(
    name = "agent",
    header = "Run an agent that takes tasks from a gateway until it is stopped.",
    footer = {
      "",
      "Examples:",
      "  makespan agent --role backend --runner shell",
      "  makespan agent --role backend --runner 'prompt=claude -p' --env ANTHROPIC_API_KEY",
      "  makespan agent --role backend --runner simulate --speed 60",
      "",
      "Exit codes: 0 stopped, 2 bad usage, 3 the gateway refuses it."
    })
final class AgentCommand implements Callable<Integer> {

  private static final String PROGRAM = "dev.makespan.agent.AgentMain";

  @Spec CommandSpec command = CommandSpec.create();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "What it can do; again for more (required).")
  List<String> roles = new ArrayList<>();

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "Where tasks come from (default: the suite on this machine).")
  String gateway = "";

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "How many tasks it does at once (default: 1).")
  String slots = "";

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      description = "How it works: shell, prompt=COMMAND or simulate.")
  String runner = "";

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "With simulate: plan seconds per real second.")
  String speed = "";

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where it caches repositories and makes worktrees.")
  String workDir = "";

  @Option(
      names = "--repositories",
      paramLabel = "DIR",
      description = "What a plan's relative repository counts from (default: here).")
  String repositories = "";

  @Option(
      names = "--env",
      paramLabel = "NAME",
      description = "A variable that commands get, beside PATH, HOME and the like; again for more.")
  List<String> variables = new ArrayList<>();

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description = "A file for each secret that tasks may name.")
  String secrets = "";

  @Option(
      names = "--secret-env",
      paramLabel = "NAME",
      description = "A variable whose value is the secret of that name; again for more.")
  List<String> secretVariables = new ArrayList<>();

  @Option(
      names = "--no-merges",
      description = "Leave merging accepted work to others (shell and prompt merge otherwise).")
  boolean leavesMerging;

  @Option(names = "--id", paramLabel = "NAME", description = "Its name, the same after a restart.")
  String id = "";

  @Unmatched List<String> others = new ArrayList<>();

  @Override
  public Integer call() throws Failure, SuiteProblem {
    List<String> all = command.root().commandLine().getParseResult().originalArgs();
    List<String> arguments =
        new ArrayList<>(all.subList(all.indexOf(command.name()) + 1, all.size()));
    if (gateway.isEmpty()) {
      Suite.findRunning(Home.ofLauncher())
          .ifPresent(ports ->
              arguments.addAll(
                  List.of("--gateway", HostPort.loopback(ports.gateway()).toString())));
    }
    try {
      Class.forName(PROGRAM)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments.toArray(new String[0]));
      return ExitCodes.DONE;
    } catch (InvocationTargetException e) {
      throw new Failure(ExitCodes.INTERNAL, "the agent ended: " + e.getCause(), e);
    } catch (ReflectiveOperationException e) {
      throw new Failure(ExitCodes.INTERNAL, "the agent is not in this build", e);
    }
  }
}
