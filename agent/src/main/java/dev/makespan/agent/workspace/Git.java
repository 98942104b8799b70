package dev.makespan.agent.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Git's command line, as an argument vector. It never asks, runs no hooks and no commands that a
 * repository names, and speaks no other transports than those that plans may name.
 */
final class Git {

  /** How far a command reaches, and how much time it gets for it. */
  enum Reach {
    /** It talks to the plan's repository. */
    REPOSITORY(Duration.ofMinutes(15)),
    /** It works in the cache and the worktree alone. */
    HERE(Duration.ofMinutes(5));

    private final Duration most;

    Reach(Duration most) {
      this.most = most;
    }
  }

  /** More than this of what git says is dropped. */
  static final int MAX_SAID = 32 * 1024 * 1024;

  private static final List<String> GUARDS =
      List.of(
          "-c", "protocol.ext.allow=never",
          "-c", "core.fsmonitor=false",
          "-c", "core.untrackedCache=false",
          "-c", "core.protectHFS=true",
          "-c", "core.protectNTFS=true",
          "-c", "core.quotePath=false",
          "-c", "commit.gpgSign=false",
          "-c", "gc.auto=0",
          "-c", "maintenance.auto=false",
          "-c", "advice.detachedHead=false",
          "-c", "submodule.recurse=false",
          "-c", "fetch.recurseSubmodules=false",
          "-c", "push.recurseSubmodules=no",
          "-c", "http.lowSpeedLimit=1000",
          "-c", "http.lowSpeedTime=60");

  /** What an agent's surroundings may say about git, and must not. */
  private static final List<String> UNWANTED =
      List.of(
          "GIT_DIR",
          "GIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_NAMESPACE",
          "GIT_EXTERNAL_DIFF",
          "GIT_CONFIG_PARAMETERS",
          "GIT_TRACE",
          "GIT_TRACE_PACKET",
          "GIT_CURL_VERBOSE");

  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("GIT_TERMINAL_PROMPT", "0"),
          Map.entry("GIT_ALLOW_PROTOCOL", "file:http:https:ssh"),
          Map.entry("GIT_EDITOR", "false"),
          Map.entry("GIT_MERGE_AUTOEDIT", "no"),
          Map.entry("GIT_OPTIONAL_LOCKS", "0"),
          Map.entry("LC_ALL", "C"),
          Map.entry("GIT_AUTHOR_NAME", Author.NAME),
          Map.entry("GIT_AUTHOR_EMAIL", Author.EMAIL),
          Map.entry("GIT_COMMITTER_NAME", Author.NAME),
          Map.entry("GIT_COMMITTER_EMAIL", Author.EMAIL));

  private final String program;
  private final Path noHooks;

  /**
   * Git as {@code program}.
   *
   * @param noHooks a folder without files
   */
  Git(String program, Path noHooks) {
    this.program = program;
    this.noHooks = noHooks;
  }

  /** What git has answered. */
  record Answer(int exit, String out, String err) {
    boolean isOk() {
      return exit == 0;
    }
  }

  /** Runs git in {@code folder} and answers what it says; fails when that is not 0. */
  String in(Path folder, String what, Reach reach, List<String> arguments)
      throws AttemptProblem, InterruptedException {
    Answer answer = tried(folder, what, reach, arguments);
    if (!answer.isOk()) {
      throw GitTrouble.of(what, reach, answer.exit(), answer.err() + "\n" + answer.out());
    }
    return answer.out();
  }

  /** As {@link #in}, but whatever git ends with is an answer. */
  Answer tried(Path folder, String what, Reach reach, List<String> arguments)
      throws AttemptProblem, InterruptedException {
    Process process = started(folder, what, arguments);
    try {
      process.getOutputStream().close();
      Drain err = Drain.of(process.getErrorStream(), MAX_SAID);
      Drain out = Drain.of(process.getInputStream(), MAX_SAID);
      if (!process.waitFor(reach.most.toSeconds(), TimeUnit.SECONDS)) {
        throw AttemptProblem.forNow(what + ": not done within " + reach.most.toMinutes() + " min");
      }
      return new Answer(process.exitValue(), out.text(), err.text());
    } catch (IOException e) {
      throw AttemptProblem.forNow(what + ": " + e.getMessage());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process started(Path folder, String what, List<String> arguments) throws AttemptProblem {
    List<String> argv = new ArrayList<>();
    argv.add(program);
    argv.addAll(GUARDS);
    argv.addAll(List.of("-c", "core.hooksPath=" + noHooks, "-c", "safe.directory=" + folder));
    argv.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(argv).directory(folder.toFile());
    UNWANTED.forEach(builder.environment()::remove);
    builder.environment().putAll(ENVIRONMENT);
    try {
      return builder.start();
    } catch (IOException e) {
      String hint = folder.toFile().isDirectory() ? "is git installed?" : folder + " is not there";
      throw AttemptProblem.forNow(what + ": git does not start, " + hint);
    }
  }
}
