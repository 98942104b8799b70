package dev.makespan.core.schedule;

import dev.makespan.core.graph.Reachability;
import dev.makespan.core.graph.TaskGraph;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the file locks that needs do not already keep apart. A reader that waits for a milestone of
 * the writer shares the file with it: the milestone says that what it reads is there.
 */
public final class FileLocks {

  /** Up to so many tasks on one file every pair is looked at; past it all of them take turns. */
  static final int MAX_PAIRED = 1_000;

  /** So many pairs of tasks are looked at in all; of the files after them all tasks take turns. */
  private static final int MAX_PAIRS = 20_000_000;

  private final Plan plan;
  private final TaskGraph graph;

  /** Tasks that wait for a milestone of another. */
  private final BitSet early = new BitSet();

  private FileLocks(Plan plan, TaskGraph graph) {
    this.plan = plan;
    this.graph = graph;
    for (int v = 0; v < plan.tasks().size(); v++) {
      for (Need need : plan.tasks().get(v).needs()) {
        if (need.milestone() != null) {
          early.set(v);
        }
      }
    }
  }

  /** What tasks lock while they run. */
  public static List<FileLock> of(Plan plan, TaskGraph graph) {
    return new FileLocks(plan, graph).contended(plan::locksOf);
  }

  /** As {@link #of}, with the files that single steps touch: no lock, but a hazard. */
  public static List<FileLock> withSteps(Plan plan, TaskGraph graph) {
    return new FileLocks(plan, graph).contended(task -> plan.locksOf(withStepFiles(task)));
  }

  /** Whether no file of the plan was left out for want of time; see {@link FileUsers}. */
  public static boolean areExhaustive(Plan plan) {
    return FileUsers.isExhaustive(plan, plan::locksOf);
  }

  private static Task withStepFiles(Task task) {
    Stream<FileAccess> steps =
        task.steps().stream()
            .flatMap(step ->
                Stream.concat(
                    step.reads().stream().map(path -> new FileAccess(path, FileMode.READ)),
                    step.writes().stream().map(path -> new FileAccess(path, FileMode.WRITE))));
    return task.withFiles(Stream.concat(task.files().stream(), steps).toList());
  }

  private List<FileLock> contended(Function<Task, List<FileAccess>> accesses) {
    List<FileLock> locks = new ArrayList<>();
    List<FileUsers> groups = FileUsers.of(plan, accesses);
    Pairs pairs = new Pairs(groups.size());
    for (int g = 0; g < groups.size(); g++) {
      pairs.addAll(g, groups.get(g));
    }
    pairs.findOrdered();
    contendedGroups(groups, pairs)
        .forEach(g -> {
          if (!pairs.arePaired(g)) {
            locks.add(groups.get(g).asLock());
          } else {
            addLocks(groups.get(g), pairs, g, locks);
          }
        });
    return locks;
  }

  private static List<Integer> contendedGroups(List<FileUsers> groups, Pairs pairs) {
    return IntStream.range(0, groups.size())
        .filter(g -> !pairs.arePaired(g) || pairs.hasUnordered(g))
        .boxed()
        .sorted(Comparator.comparing(groups::get, FileUsers.IN_ORDER))
        .toList();
  }

  private void addLocks(FileUsers users, Pairs pairs, int group, List<FileLock> locks) {
    TreeSet<Integer> members = new TreeSet<>();
    List<int[]> unordered = pairs.unorderedOf(group);
    Set<Integer> informed = informedOf(users, unordered);
    for (int[] pair : unordered) {
      if (!informed.contains(pair[0]) && !informed.contains(pair[1])) {
        members.add(pair[0]);
        members.add(pair[1]);
      } else if (!isInformed(users, pair[0], pair[1]) && !isInformed(users, pair[1], pair[0])) {
        locks.add(users.asLock(new TreeSet<>(List.of(pair[0], pair[1]))));
      }
    }
    if (!members.isEmpty()) {
      locks.add(users.asLock(members));
    }
  }

  private Set<Integer> informedOf(FileUsers users, List<int[]> unordered) {
    Set<Integer> informed = new TreeSet<>();
    for (int[] pair : unordered) {
      if (isInformed(users, pair[0], pair[1])) {
        informed.add(pair[0]);
      } else if (isInformed(users, pair[1], pair[0])) {
        informed.add(pair[1]);
      }
    }
    return informed;
  }

  /** Whether {@code reader} only reads and waits for a milestone of {@code writer}. */
  private boolean isInformed(FileUsers users, int reader, int writer) {
    return early.get(reader)
        && !users.writes(reader)
        && plan.tasks().get(reader).waitsForMilestoneOf(plan.tasks().get(writer).id());
  }

  /** Conflicting pairs of all groups, so that one batch of questions orders them. */
  private final class Pairs {
    private int[] first = new int[1_024];
    private int[] second = new int[1_024];
    private int count;
    private final int[] begins;
    private final BitSet unpaired = new BitSet();
    private boolean[] ordered = new boolean[0];

    Pairs(int groups) {
      begins = new int[groups + 1];
    }

    /** Groups are added in their order. */
    void addAll(int group, FileUsers users) {
      if (users.size() > MAX_PAIRED || count > MAX_PAIRS) {
        unpaired.set(group);
      }
      for (int i = 0; i < users.size() && arePaired(group); i++) {
        for (int j = i + 1; j < users.size(); j++) {
          if (users.writesAt(i) || users.writesAt(j)) {
            add(users.task(i), users.task(j));
          }
        }
      }
      begins[group + 1] = count;
    }

    boolean arePaired(int group) {
      return !unpaired.get(group);
    }

    private void add(int a, int b) {
      if (count == first.length) {
        first = Arrays.copyOf(first, count * 2);
        second = Arrays.copyOf(second, count * 2);
      }
      boolean inOrder = graph.positionOf(a) < graph.positionOf(b);
      first[count] = inOrder ? a : b;
      second[count++] = inOrder ? b : a;
    }

    void findOrdered() {
      ordered =
          new Reachability(graph)
              .ordered(Arrays.copyOf(first, count), Arrays.copyOf(second, count));
    }

    boolean hasUnordered(int group) {
      for (int i = begins[group]; i < begins[group + 1]; i++) {
        if (!ordered[i]) {
          return true;
        }
      }
      return false;
    }

    List<int[]> unorderedOf(int group) {
      List<int[]> found = new ArrayList<>();
      for (int i = begins[group]; i < begins[group + 1]; i++) {
        if (!ordered[i]) {
          found.add(new int[] {first[i], second[i]});
        }
      }
      return found;
    }
  }
}
