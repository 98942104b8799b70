package dev.makespan.bench.dispatch;

import dev.makespan.postgres.DatabaseUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * graphile-worker in a Node process, with the batching that its authors recommend for throughput.
 */
final class GraphileQueue {

  private static final List<String> SCRIPTS = List.of("package.json", "drain.mjs");
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");
  private static final long PATIENCE_SECONDS = 300;

  private GraphileQueue() {}

  /** Installs it into {@code folder}; why that can't be, empty: it is there. */
  static Optional<String> prepare(Path folder) throws InterruptedException {
    try {
      Files.createDirectories(folder);
      for (String script : SCRIPTS) {
        try (InputStream in = GraphileQueue.class.getResourceAsStream("graphile/" + script)) {
          if (in == null) {
            throw new IllegalStateException("not packaged: " + script);
          }
          Files.copy(in, folder.resolve(script), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      if (!run(folder, List.of("node", "--version")).startsWith("v")) {
        return Optional.of("there is no node");
      }
      if (!Files.isDirectory(folder.resolve("node_modules/graphile-worker"))) {
        run(folder, List.of("npm", "install", "--no-audit", "--no-fund", "--silent"));
      }
      return Files.isDirectory(folder.resolve("node_modules/graphile-worker"))
          ? Optional.empty()
          : Optional.of("npm can't install it");
    } catch (IOException e) {
      return Optional.of("there is no node or no npm");
    }
  }

  static double perSecond(Path folder, DatabaseUrl url, int jobs) throws InterruptedException {
    String connection =
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                url.user(),
                URLEncoder.encode(url.password(), StandardCharsets.UTF_8),
                url.host(),
                url.port(),
                url.name());
    try {
      String said = run(folder, List.of("node", "drain.mjs", Integer.toString(jobs)), connection);
      Matcher seconds = SECONDS.matcher(said);
      if (!seconds.find()) {
        throw new IllegalStateException("graphile-worker said: " + said);
      }
      return jobs / Double.parseDouble(seconds.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    return run(folder, command, "");
  }

  private static String run(Path folder, List<String> command, String databaseUrl)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("DATABASE_URL", databaseUrl);
    Process process = builder.start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(output);
  }
}
