package dev.makespan.core.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked plan: acyclic, every name resolved, every default filled in. Tasks and phases keep the
 * order of the file.
 *
 * @param day how long {@code 1d} is
 * @param pools role → slots that analysis assumes, for every role that a task has
 * @param resources name → capacity
 * @param workspace null: none
 * @param intakeLimit runs of this plan that may wait; 0: no limit
 */
public record Plan(
    String name,
    String title,
    Duration day,
    List<Parameter> parameters,
    Map<Role, Integer> pools,
    Map<String, Integer> resources,
    List<NumberRange> ranges,
    List<FilePolicy> files,
    List<Phase> phases,
    List<Task> tasks,
    List<Risk> risks,
    @Nullable Workspace workspace,
    int intakeLimit,
    Budget budget,
    Coordination coordination,
    Dispatching dispatching) {

  public Plan {
    Names.requireId("plan", name);
    parameters = List.copyOf(parameters);
    pools = Ordered.copyOf(pools);
    resources = Ordered.copyOf(resources);
    ranges = List.copyOf(ranges);
    files = List.copyOf(files);
    phases = List.copyOf(phases);
    tasks = List.copyOf(tasks);
    risks = List.copyOf(risks);
  }

  /**
   * The files that {@code task} locks while it runs: what it declares, under the policies of this
   * plan. A write to an append file is an append, to a regenerated file a regeneration.
   */
  public List<FileAccess> locksOf(Task task) {
    return locksOf(task.files());
  }

  /** As {@link #locksOf(Task)}, of files that a task asks for. */
  public List<FileAccess> locksOf(List<FileAccess> accesses) {
    return files.isEmpty() ? accesses : accesses.stream().map(this::underPolicy).toList();
  }

  private FileAccess underPolicy(FileAccess access) {
    if (access.mode() != FileMode.WRITE) {
      return access;
    }
    return files.stream()
        .filter(policy -> policy.path().overlaps(access.path()))
        .findFirst()
        .map(policy -> new FileAccess(access.path(), modeUnder(policy.kind())))
        .orElse(access);
  }

  private static FileMode modeUnder(FilePolicy.Kind kind) {
    return switch (kind) {
      case LOCK, OWNER -> FileMode.WRITE;
      case APPEND -> FileMode.APPEND;
      case REGENERATE -> FileMode.REGENERATE;
    };
  }

  /** How many tasks ask for numbers of a range before this one does. */
  public int askersBefore(TaskId task, String range) {
    int n = 0;
    for (Task other : tasks) {
      if (other.id().equals(task)) {
        return n;
      }
      n += other.ranges().contains(range) ? 1 : 0;
    }
    return n;
  }

  public Plan withPools(Map<Role, Integer> pools) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withResources(Map<String, Integer> resources) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withRanges(List<NumberRange> ranges) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withFiles(List<FilePolicy> files) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withPhases(List<Phase> phases) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withTasks(List<Task> tasks) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }

  public Plan withWorkspace(@Nullable Workspace workspace) {
    return new Plan(
        name,
        title,
        day,
        parameters,
        pools,
        resources,
        ranges,
        files,
        phases,
        tasks,
        risks,
        workspace,
        intakeLimit,
        budget,
        coordination,
        dispatching);
  }
}
