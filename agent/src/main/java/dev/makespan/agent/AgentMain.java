package dev.makespan.agent;

import dev.makespan.core.merge.Integration;
import dev.makespan.core.session.AgentSays;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The reference agent as a program. */
@Command(
    name = "makespan-agent",
    mixinStandardHelpOptions = true,
    version = "makespan-agent " + Wiring.VERSION,
    sortOptions = false,
    description = "Connects to a gateway and does the tasks that it is assigned.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:left as asked",
      "1:failed unexpectedly",
      "2:wrong usage, or the gateway refuses this agent (another protocol version)",
      "3:a newer session of the same agent id is at work"
    })
public final class AgentMain implements Callable<Integer> {

  private static final int REJECTED = 2;
  private static final int REPLACED = 3;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7402",
      split = ",",
      description =
          "Where a gateway is; again, or with commas, for several, which are tried in an order of"
              + " the agent's own (default: ${DEFAULT-VALUE}).")
  private List<String> gateways = List.of();

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "What this agent can do; may be said several times.")
  private List<String> roles = List.of();

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "Tasks at once, 1 to 1000 (default: ${DEFAULT-VALUE}).")
  private int slots;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The agent's name, unique among agents; made up if not said.")
  private @Nullable String id;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "For affinity; may be said several times.")
  private Map<String, String> labels = Map.of();

  @Option(
      names = "--runner",
      paramLabel = "RUNNER",
      defaultValue = "simulate",
      description = {
        "How tasks are done (default: ${DEFAULT-VALUE}).",
        "  shell           runs the commands and scripts of tasks; a task with a prompt goes back",
        "  prompt=COMMAND  hands the task as a prompt to COMMAND, on standard input and as the"
            + " file $MAKESPAN_PROMPT_FILE; runs commands and scripts itself",
        "  simulate        pretends"
      })
  private String runner = "";

  @Option(
      names = "--no-merges",
      description =
          "Leave merging to others. An agent with a runner for commands also merges accepted work,"
              + " a batch in a slot, and runs what the plan verifies batches with.")
  private boolean leavesMerging;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description =
          "Where repositories are cached and worktrees made; agents of one machine may share it"
              + " (default: makespan/agent in the user's cache folder).")
  private @Nullable Path workFolder;

  @Option(
      names = "--repositories",
      paramLabel = "DIR",
      defaultValue = ".",
      description =
          "What a plan's repository counts from when it is a relative path (default: where the"
              + " agent was started).")
  private Path repositories = Path.of(".");

  @Option(
      names = "--env",
      paramLabel = "NAME",
      split = ",",
      description =
          "A variable that commands get from the agent, beside PATH, HOME and the like; again for"
              + " more.")
  private Set<String> variables = Set.of();

  @Option(
      names = "--secrets",
      paramLabel = "DIR",
      description =
          "A file for each secret that tasks may name. A task finds those that it names as files"
              + " in $MAKESPAN_SECRETS; they are masked in what it says, as well as can be.")
  private @Nullable Path secrets;

  @Option(
      names = "--secret-env",
      paramLabel = "NAME",
      split = ",",
      description = "A variable of the agent whose value is the secret of that name.")
  private Set<String> secretVariables = Set.of();

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Plan seconds per second, where a run does not say (default: 1).")
  private double speed;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time to finish on SIGTERM, then work is given back (default: 10).")
  private long drainSeconds;

  @Option(names = "--protocol-version", hidden = true, defaultValue = "1")
  private int protocolVersion = AgentSays.PROTOCOL_VERSION;

  /** Runs the agent and exits. */
  public static void main(String[] args) {
    // Netty would use sun.misc.Unsafe, of which the JDK warns on the terminal.
    if (System.getProperty("io.netty.noUnsafe") == null) {
      System.setProperty("io.netty.noUnsafe", "true");
    }
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new AgentMain())
        .setParameterExceptionHandler(AgentMain::wrongUsage)
        .setExecutionExceptionHandler(AgentMain::failed);
  }

  private static int wrongUsage(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    command.getErr().println("makespan-agent: " + problem.getMessage());
    command.getErr().println("Try 'makespan-agent --help'.");
    return REJECTED;
  }

  private static int failed(
      Exception problem, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println("makespan-agent: " + problem.getMessage());
    return 1;
  }

  @Override
  public Integer call() {
    Agent.End end = AgentProgram.run(agent(), Duration.ofSeconds(drainSeconds));
    return switch (end) {
      case LEFT -> 0;
      case REJECTED -> REJECTED;
      case REPLACED -> REPLACED;
    };
  }

  private List<String> allRoles() {
    boolean merges = !leavesMerging && !runner.equals("simulate");
    if (!merges || roles.contains(Integration.ROLE.value())) {
      return roles;
    }
    List<String> all = new ArrayList<>(roles);
    all.add(Integration.ROLE.value());
    return all;
  }

  private Agent agent() {
    try {
      Path folder = workFolder == null ? Wiring.workFolder() : workFolder;
      Runner chosen =
          Wiring.runner(
              runner,
              speed,
              Wiring.settings(folder, repositories, secrets, variables, secretVariables));
      return Wiring.agent(
          Wiring.identity(id, protocolVersion, allRoles(), labels, slots),
          Wiring.gateways(gateways),
          chosen,
          line -> System.err.println("makespan-agent: " + line));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec == null ? commandLine() : spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
