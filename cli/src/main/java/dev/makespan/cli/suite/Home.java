package dev.makespan.cli.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where things stand.
 *
 * @param project the built project: services' jars and the command's own
 * @param directory state, logs and the embedded database's data
 */
public record Home(Path project, Path directory) {

  /** Past this a log begins anew at the next start; the one before is kept. */
  static final long MAX_LOG_BYTES = 8L << 20;

  public Home {
    project = project.toAbsolutePath().normalize();
    directory = directory.toAbsolutePath().normalize();
  }

  /** From what the launcher says: {@code makespan.project} and {@code MAKESPAN_HOME}. */
  public static Home ofLauncher() {
    Path project = Path.of(System.getProperty("makespan.project", "."));
    String directory = System.getenv("MAKESPAN_HOME");
    return new Home(
        project,
        directory == null || directory.isBlank()
            ? project.resolve(".makespan")
            : Path.of(directory));
  }

  Path state() {
    return directory.resolve("suite.properties");
  }

  Path lock() {
    return directory.resolve("suite.lock");
  }

  Path database() {
    return directory.resolve("postgres");
  }

  /** Logs and artifacts of attempts. */
  Path records() {
    return directory.resolve("records");
  }

  /** Where a child writes what it has to say. */
  public Path log(String name) {
    return directory.resolve("logs").resolve(name + ".log");
  }

  /** A log file ready to be appended to. */
  Path openLog(String name) throws IOException {
    Path log = log(name);
    Files.createDirectories(log.resolveSibling("."));
    if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
      Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    return log;
  }

  Path commandJar() {
    return project.resolve("cli/target/makespan.jar");
  }

  Path serviceJar(Service service) {
    return project.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** The native executables that {@code -Dnative} leaves, if they are there. */
  List<Path> nativeExecutables(Service service) throws IOException {
    Path target = project.resolve(service.module()).resolve("target");
    if (!Files.isDirectory(target)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-runner") && Files.isExecutable(file))
          .sorted()
          .toList();
    }
  }
}
