package dev.makespan.examples.upload;

import dev.makespan.agent.Agent;
import dev.makespan.agent.AgentProgram;
import dev.makespan.agent.Runner;
import dev.makespan.agent.SimulateRunner;
import dev.makespan.agent.Wiring;
import dev.makespan.agent.runner.RunnersByWork;
import dev.makespan.agent.runner.WorkerRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    description =
        "Does tasks of the role image-worker: commands that the plan says, and the rest by itself.")
final class AgentCommand implements Callable<Integer> {

  private static final List<String> ROLES = List.of("image-worker");
  private static final Duration DRAIN = Duration.ofSeconds(10);

  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7402",
      split = ",",
      description = "Where gateways are (default: ${DEFAULT-VALUE}).")
  List<String> gateways = List.of();

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "Tasks at once (default: ${DEFAULT-VALUE}).")
  int slots;

  @Option(names = "--id", paramLabel = "ID", description = "Its name; made up if not said.")
  @Nullable String id;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      defaultValue = "published",
      description = "Where variants and posts are published (default: ${DEFAULT-VALUE}).")
  Path store = Path.of("published");

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where attempts are kept (default: makespan/agent in the user's caches).")
  @Nullable Path workFolder;

  @Override
  public Integer call() throws IOException {
    Path work = workFolder == null ? Wiring.workFolder() : workFolder;
    Agent agent =
        agent(
            gateways,
            id,
            slots,
            new PictureStore(store.toAbsolutePath()),
            work,
            System.err::println);
    return switch (AgentProgram.run(agent, DRAIN)) {
      case LEFT -> 0;
      case REJECTED, REPLACED -> 1;
    };
  }

  /** All that it takes to be an agent with work of its own. */
  static Agent agent(
      List<String> gateways,
      @Nullable String id,
      int slots,
      PictureStore store,
      Path work,
      java.util.function.Consumer<String> log)
      throws IOException {
    Runner own = new WorkerRunner(new UploadWorker(store), work, new SimulateRunner(1));
    Runner runner = new RunnersByWork(Wiring.shell(work), own);
    return Wiring.agent(gateways, id, ROLES, Map.of(), slots, runner, log);
  }
}
