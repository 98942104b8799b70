package dev.makespan.agent.runner;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import dev.makespan.core.session.AttemptWorkspace;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.session.TaskSurroundings;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tasks of tests, word by word. */
public final class Tasks {

  private final Work work;
  private final Map<String, String> env = new TreeMap<>();
  private final List<FileAccess> files = new ArrayList<>();
  private final List<String> gates = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<String> context = new ArrayList<>();
  private final List<FilePattern> deliverables = new ArrayList<>();
  private @Nullable AttemptWorkspace workspace;
  private String previousFailure = "";

  private Tasks(Work work) {
    this.work = work;
  }

  public static TaskRef ref(long fence) {
    return new TaskRef(new RunId(1), new TaskId("build"), fence);
  }

  public static Tasks script(String text) {
    return new Tasks(new Work.Script(text));
  }

  public static Tasks prompt(String text) {
    return new Tasks(new Work.Prompt(text));
  }

  static Tasks of(Work work) {
    return new Tasks(work);
  }

  Tasks env(String name, String value) {
    env.put(name, value);
    return this;
  }

  public Tasks writes(String... paths) {
    return files(FileMode.WRITE, paths);
  }

  Tasks files(FileMode mode, String... paths) {
    for (String path : paths) {
      files.add(new FileAccess(new FilePattern(path), mode));
    }
    return this;
  }

  Tasks gate(String gate) {
    gates.add(gate);
    return this;
  }

  Tasks secret(String name) {
    secrets.add(name);
    return this;
  }

  Tasks context(String entry) {
    context.add(entry);
    return this;
  }

  Tasks delivers(String path) {
    deliverables.add(new FilePattern(path));
    return this;
  }

  Tasks after(String failure) {
    previousFailure = failure;
    return this;
  }

  public Tasks in(String repository, long fence) {
    workspace =
        new AttemptWorkspace(repository, "main", "makespan/1/build/" + fence, List.of(), List.of());
    return this;
  }

  public TaskSpec spec() {
    return new TaskSpec(
        "Build it",
        new Role("backend"),
        Duration.ofMinutes(1),
        1,
        false,
        work,
        env,
        files,
        List.of(new Milestone(new MilestoneId("half"), "", Duration.ofSeconds(30))),
        List.of(),
        gates,
        List.of(new TaskSpec.AssignedRange("db.migrations", 10, 19)),
        previousFailure,
        new TaskSurroundings(
            workspace, context, secrets, List.of("address"), deliverables, List.of()));
  }
}
