package dev.makespan.examples.upload;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "upload",
    mixinStandardHelpOptions = true,
    description =
        "Starts a run for each picture of a folder, all at once, and waits for their ends.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every upload has ended, well or with its message", "1:some are lost"})
final class UploadCommand implements Callable<Integer> {

  /** Uploading and what is said of it. */
  static final class Options {
    @Option(
        names = "--plan",
        paramLabel = "FILE",
        description = "The plan (default: examples/image-upload.yaml of the project).")
    Path plan = Path.of(System.getProperty("makespan.project", "."), "examples/image-upload.yaml");

    @Option(
        names = "--patience",
        paramLabel = "SECONDS",
        defaultValue = "600",
        description = "After the last start (default: ${DEFAULT-VALUE}).")
    long patienceSeconds;

    @Option(names = "--json", description = "For programs.")
    boolean json;

    /** Uploads, says what came of it, and answers the exit code. */
    int upload(String planner, List<Upload> uploads) throws IOException, InterruptedException {
      ManagedChannel channel = ManagedChannelBuilder.forTarget(planner).usePlaintext().build();
      try {
        UploadReport report =
            new Uploading(new Planner(channel))
                .upload(plan, uploads, Duration.ofSeconds(patienceSeconds));
        System.out.print(json ? report.json() + "\n" : report.text());
        return report.lost() == 0 ? 0 : 1;
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Parameters(paramLabel = "DIR", description = "The pictures.")
  Path folder = Path.of("pictures");

  @Option(
      names = "--planner",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:7400",
      description = "Where the planner is (default: ${DEFAULT-VALUE}).")
  String planner = "";

  @Mixin Options options = new Options();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return options.upload(planner, Upload.in(folder));
  }
}
