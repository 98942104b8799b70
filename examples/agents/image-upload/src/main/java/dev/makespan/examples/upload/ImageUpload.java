package dev.makespan.examples.upload;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The example as a program. */
@Command(
    name = "image-upload",
    mixinStandardHelpOptions = true,
    version = "image-upload 0.1.0",
    description =
        "Uploaded pictures become three variants each: a small plan, run once for every upload.",
    subcommands = {
      DemoCommand.class,
      PicturesCommand.class,
      AgentCommand.class,
      UploadCommand.class
    })
final class ImageUpload {

  private static final int WRONG_USAGE = 2;
  private static final int FAILED = 1;

  private ImageUpload() {}

  /** Runs a command and exits. */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    // Netty would use sun.misc.Unsafe, of which the JDK warns on the terminal.
    System.setProperty("io.netty.noUnsafe", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ImageUpload())
        .setExecutionExceptionHandler((problem, command, _) -> {
          command.getErr().println("image-upload: " + problem.getMessage());
          return problem instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
        });
  }
}
