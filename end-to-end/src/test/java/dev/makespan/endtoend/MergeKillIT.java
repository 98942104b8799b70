package dev.makespan.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever merges, and whoever tells it to, is killed while a batch is being verified. */
class MergeKillIT {

  private static final List<String> TASKS =
      List.of("part-1", "part-2", "part-3", "part-4", "part-5", "part-6");
  private static final String BRANCH = "makespan/1/integration";

  @TempDir Path folder;
  private final List<Command> started = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  @AfterEach
  void stop() {
    started.reversed().forEach(Command::close);
  }

  @Test
  void nothingUnacceptedIsMergedAndNothingAcceptedIsLostOrMergedTwice() throws Exception {
    TestHome home = TestHome.in(folder.resolve("suite"));
    environment.putAll(home.environment());
    environment.put("MAKESPAN_STATUS_INTERVAL", "1s");
    environment.put("MAKESPAN_LEASE", "6s");
    Path repository = repository();
    Command up = start("up");
    up.awaitLine(line -> line.equals("the suite is up"));
    agent("worker-1", "--role=dev", "--no-merges");
    agent("worker-2", "--role=dev", "--no-merges");
    Command merger = agent("merger-1", "--role=nobody");
    Command run = start("run", plan(repository).toString(), "--accept-warnings");

    run.awaitLine(nth(1));
    merger.awaitLine(line -> line.contains("makespan-integration"));
    merger.process().destroyForcibly();
    agent("merger-2", "--role=nobody");
    run.awaitLine(nth(2));
    home.process("scheduler-service").destroyForcibly();
    up.awaitLine(line -> line.equals("scheduler-service is back"));
    run.awaitLine(nth(3));
    home.process("agent-gateway").destroyForcibly();

    assertThat(run.await()).as(run.text()).isZero();
    List<String> merged = git(repository, "log", "--merges", "--format=%s", BRANCH);
    assertThat(merged)
        .containsExactlyInAnyOrderElementsOf(
            TASKS.stream().map(task -> "Merge task %s: %s".formatted(task, task)).toList());
    assertThat(git(repository, "log", "--name-only", "--format=", BRANCH))
        .contains("parts/part-1", "parts/part-6")
        .noneMatch(path -> path.contains("unfinished"));
  }

  /** The line that says that a batch is being merged, for the n-th time. */
  private static Predicate<String> nth(int number) {
    int[] seen = {0};
    return line -> line.contains("merging part-") && ++seen[0] == number;
  }

  private Command start(String... words) {
    started.add(Command.start(environment, words));
    return started.getLast();
  }

  private Command agent(String id, String... words) throws InterruptedException {
    List<String> all = new ArrayList<>(List.of("agent", "--runner=shell", "--id=" + id));
    all.addAll(List.of(words));
    all.add("--work-dir=" + folder.resolve("work"));
    Command agent = start(all.toArray(String[]::new));
    agent.awaitLine(line -> line.contains("at work as"));
    return agent;
  }

  private Path repository() throws Exception {
    Path repository = Files.createDirectories(folder.resolve("repository"));
    Files.writeString(repository.resolve("README"), "parts\n");
    git(repository, "init", "--quiet", "-b", "main");
    git(repository, "add", "--all");
    git(repository, "commit", "--quiet", "-m", "Begin");
    git(repository, "config", "core.bare", "true");
    return repository;
  }

  private static List<String> git(Path repository, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    all.addAll(List.of(words));
    try (Command git = Command.start(repository, Map.of(), all)) {
      assertThat(git.await()).as(git.text()).isZero();
      return git.lines();
    }
  }

  /** The first attempt at each task leaves a file that its gate does not want. */
  private Path plan(Path repository) throws Exception {
    StringBuilder plan = new StringBuilder();
    plan.append(
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: merge-kill, title: Six parts}
        spec:
          workspace: {repository: %s, base: main, verify: sleep 3}
          pools: {dev: 2}
          defaults:
            role: dev
            duration: 2s
            retry: {limit: 9, gates: 9, backoff: 1s}
            gates: [{run: "! ls parts | grep unfinished"}]
            run:
              script: |
                mkdir -p parts
                test "$MAKESPAN_ATTEMPT" != 1 || touch parts/unfinished-$MAKESPAN_TASK
                echo "$MAKESPAN_TASK" > parts/$MAKESPAN_TASK
          tasks:
        """
            .formatted(repository));
    for (int i = 0; i < TASKS.size(); i++) {
      String task = TASKS.get(i);
      // Each builds upon the one before the last, so that one batch can't hold them all.
      String needs = i < 2 ? "" : ", needs: [%s]".formatted(TASKS.get(i - 2));
      plan.append(
          "  - {id: %s, title: %s, writes: [parts/%s]%s}\n".formatted(task, task, task, needs));
    }
    return Files.writeString(folder.resolve("plan.yaml"), plan);
  }
}
