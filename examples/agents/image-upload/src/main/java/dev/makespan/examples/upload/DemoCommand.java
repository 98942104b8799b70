package dev.makespan.examples.upload;

import dev.makespan.agent.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Makes pictures, starts a suite of its own and an agent, uploads all pictures at once, says what"
          + " came of it, and stops everything.",
      "",
      "1,000 uploads against the plan's intake of 100: demo --uploads 1000"
    })
final class DemoCommand implements Callable<Integer> {

  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Mixin PicturesOptions pictures = new PicturesOptions();
  @Mixin UploadCommand.Options uploading = new UploadCommand.Options();

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "Tasks that the agent does at once (default: ${DEFAULT-VALUE}).")
  int slots;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "For pictures, what is published, and the suite (default: a new one).")
  @Nullable Path folder;

  @Option(
      names = "--port-base",
      paramLabel = "PORT",
      defaultValue = "7500",
      description = "Of its suite (default: ${DEFAULT-VALUE}).")
  int portBase;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path project = Path.of(System.getProperty("makespan.project", ".")).toAbsolutePath();
    Path all = folder == null ? Files.createTempDirectory("image-upload") : folder.toAbsolutePath();
    Path uploaded = all.resolve("pictures");
    pictures.pictures().write(uploaded);
    note("%d pictures are in %s".formatted(pictures.uploads, uploaded));
    try (OwnSuite suite = OwnSuite.start(project, all.resolve("suite"), portBase);
        Agent agent =
            AgentCommand.agent(
                List.of(suite.gateway()),
                null,
                slots,
                new PictureStore(all.resolve("published")),
                all.resolve("work"),
                line -> {})) {
      agent.start();
      note("a suite is up at %s, and an agent with %d slots".formatted(suite.planner(), slots));
      int code = uploading.upload(suite.planner(), Upload.in(uploaded));
      agent.leave(DRAIN);
      note("what was published is in " + all.resolve("published"));
      return code;
    }
  }

  private static void note(String line) {
    System.err.println("image-upload: " + line);
  }
}
