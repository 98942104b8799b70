package dev.makespan.bench.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process of the suite, which may be killed, stopped, woken and started again. */
final class TownService {

  private static final int ANSWER_MILLIS = 1_000;
  private static final int OK = 200;

  private final String name;
  private final int port;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private @Nullable Process process;
  private boolean stopped;

  /** {@code port} 0: it has none. */
  TownService(
      String name, int port, List<String> command, Map<String, String> environment, Path log) {
    this.name = name;
    this.port = port;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  synchronized void start() {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().remove("DATABASE_URL");
      builder.environment().putAll(environment);
      process = builder.start();
      stopped = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it runs, or is stopped and could go on. */
  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  synchronized boolean isStopped() {
    return stopped;
  }

  synchronized long pid() {
    if (process == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return process.pid();
  }

  /** KILL, and no return before it is gone. */
  synchronized void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** STOP: it does nothing any more, and its connections stay. */
  synchronized void stop() {
    stopped = true;
    signal("-STOP");
  }

  synchronized void wake() {
    if (stopped && isAlive()) {
      signal("-CONT");
    }
    stopped = false;
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", name, Long.toString(pid())).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isReady() {
    return find("/q/health/ready").isPresent();
  }

  /** What it answers over HTTP; empty: nothing, or that it can't. */
  Optional<String> find(String path) {
    try {
      URI address = URI.create("http://127.0.0.1:" + port + path);
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      try {
        if (connection.getResponseCode() != OK) {
          return Optional.empty();
        }
        return Optional.of(
            new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
