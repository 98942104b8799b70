package dev.makespan.examples.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "pictures",
    mixinStandardHelpOptions = true,
    description = "Makes pictures to upload, some of them wrong.")
final class PicturesCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Where to put them.")
  Path folder = Path.of("pictures");

  @Mixin PicturesOptions options = new PicturesOptions();

  @Override
  public Integer call() throws IOException {
    options.pictures().write(folder);
    System.out.println(options.uploads + " pictures are in " + folder);
    return 0;
  }
}
