package dev.makespan.core.finding;

import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which tasks to do in one session, so that what an agent learnt serves it again: as many sessions
 * of a role as it has slots, tasks that share a label kept together, and the longest session as
 * short as it gets (longest group first to the shortest session, then moves and swaps while they
 * help). Of two sessions that fit alike, the one that already works on the same files.
 */
final class Sessions {

  /** Roles with more tasks are not grouped: nobody reads that many sessions. */
  static final int MAX_TASKS = 2_000;

  private static final int MAX_ROUNDS = 1_000;

  private Sessions() {}

  static List<PlanReview.Session> of(Scope scope) {
    List<PlanReview.Session> sessions = new ArrayList<>();
    Map<Role, List<Task>> byRole = new LinkedHashMap<>();
    scope
        .plan()
        .tasks()
        .forEach(task -> byRole.computeIfAbsent(task.role(), r -> new ArrayList<>()).add(task));
    byRole.forEach((role, tasks) -> {
      if (tasks.size() <= MAX_TASKS) {
        int slots = scope.pools().getOrDefault(role, 1);
        addSessions(role, balanced(tasks, slots), tasks, sessions);
      }
    });
    return sessions;
  }

  private static void addSessions(
      Role role, List<Bin> bins, List<Task> tasks, List<PlanReview.Session> sessions) {
    long work = tasks.stream().mapToLong(task -> task.duration().toMillis()).sum();
    long even = bins.isEmpty() ? 0 : work / bins.size();
    Map<TaskId, Bin> binOf = new LinkedHashMap<>();
    for (Bin bin : bins) {
      bin.groups.forEach(group -> group.tasks().forEach(task -> binOf.put(task.id(), bin)));
    }
    for (Bin bin : bins) {
      List<Task> members = tasks.stream().filter(task -> binOf.get(task.id()) == bin).toList();
      sessions.add(
          new PlanReview.Session(
              sessions.size() + 1,
              members.stream().map(Task::id).toList(),
              Duration.ofMillis(bin.load),
              "%s; %s, evenly shared it were %s"
                  .formatted(role, bin.reason(), Sentence.time(Duration.ofMillis(even)))));
    }
  }

  private static List<Bin> balanced(List<Task> tasks, int slots) {
    List<Group> groups = Group.of(tasks, slots);
    groups.sort(Comparator.comparingLong(Group::load).reversed());
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < Math.min(slots, groups.size()); i++) {
      bins.add(new Bin());
    }
    for (Group group : groups) {
      Bin best = bins.getFirst();
      for (Bin bin : bins) {
        if (bin.load < best.load
            || (bin.load == best.load && bin.shares(group) > best.shares(group))) {
          best = bin;
        }
      }
      best.add(group);
    }
    for (int round = 0; round < MAX_ROUNDS && improve(bins); round++) {}
    return bins;
  }

  /** Moves or swaps a group of the longest session where that makes it shorter. */
  private static boolean improve(List<Bin> bins) {
    Bin longest = bins.stream().max(Comparator.comparingLong(bin -> bin.load)).orElseThrow();
    for (Bin other : bins) {
      for (Group group : List.copyOf(longest.groups)) {
        if (other != longest && other.load + group.load() < longest.load) {
          longest.remove(group);
          other.add(group);
          return true;
        }
        if (other != longest && swapped(longest, group, other)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean swapped(Bin longest, Group group, Bin other) {
    for (Group back : List.copyOf(other.groups)) {
      long less = group.load() - back.load();
      if (less > 0 && other.load + less < longest.load) {
        longest.remove(group);
        other.remove(back);
        longest.add(back);
        other.add(group);
        return true;
      }
    }
    return false;
  }

  /** Tasks that stay together. */
  private record Group(List<Task> tasks, Set<String> folders, String label) {

    /** One for each label that no more than an even share of the work carries, then the rest. */
    static List<Group> of(List<Task> tasks, int slots) {
      long work = tasks.stream().mapToLong(task -> task.duration().toMillis()).sum();
      Map<String, List<Task>> byLabel = new LinkedHashMap<>();
      for (Task task : tasks) {
        task.placement()
            .labels()
            .forEach((key, value) ->
                byLabel.computeIfAbsent(key + " " + value, l -> new ArrayList<>()).add(task));
      }
      Set<TaskId> grouped = new LinkedHashSet<>();
      List<Group> groups = new ArrayList<>();
      byLabel.forEach((label, members) -> {
        List<Task> free = members.stream().filter(task -> !grouped.contains(task.id())).toList();
        long load = free.stream().mapToLong(task -> task.duration().toMillis()).sum();
        if (free.size() > 1 && load <= work / slots) {
          free.forEach(task -> grouped.add(task.id()));
          groups.add(group(free, label));
        }
      });
      tasks.stream()
          .filter(task -> !grouped.contains(task.id()))
          .forEach(task -> groups.add(group(List.of(task), "")));
      return groups;
    }

    private static Group group(List<Task> tasks, String label) {
      Set<String> folders = new LinkedHashSet<>();
      tasks.forEach(task -> task.files().forEach(file -> folders.add(file.path().folder())));
      return new Group(tasks, folders, label);
    }

    long load() {
      return tasks.stream().mapToLong(task -> task.duration().toMillis()).sum();
    }
  }

  /** One session that is being filled. */
  private static final class Bin {
    private final List<Group> groups = new ArrayList<>();
    private long load;

    void add(Group group) {
      groups.add(group);
      load += group.load();
    }

    void remove(Group group) {
      groups.remove(group);
      load -= group.load();
    }

    long shares(Group group) {
      return groups.stream()
          .flatMap(mine -> mine.folders().stream())
          .filter(group.folders()::contains)
          .count();
    }

    String reason() {
      List<String> labels =
          groups.stream().map(Group::label).filter(label -> !label.isEmpty()).toList();
      return labels.isEmpty()
          ? "balanced by time"
          : "balanced by time, kept together for " + Sentence.join(labels, " and ");
    }
  }
}
