package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.task.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that live attempts ask for beyond what their tasks declare. Who waits here holds something,
 * so a request that would close a circle of waiting is refused; requests are served first come, and
 * what is asked for is given to no task that starts, so no circle closes later.
 */
final class LateRequests {

  /** Files that one request may name. */
  static final int MAX_FILES = 1_000;

  /** Requests of one attempt that may wait at the same time. */
  static final int MAX_WAITING = 16;

  private final Run run;
  private final Holdings holdings;
  private final List<Request> waiting = new ArrayList<>();
  private final LockTable asked = new LockTable();
  private final Map<Integer, List<Request>> granted = new LinkedHashMap<>();

  /**
   * What a live task asks for, under the plan's policies.
   *
   * @param id the agent's name for it, so that it may ask again when an answer was lost
   */
  record Request(int task, String id, List<FileAccess> files) {}

  LateRequests(Run run, Holdings holdings) {
    this.run = run;
    this.holdings = holdings;
  }

  /** {@code task} is live. The same request again gets the answer that holds by now. */
  LateAnswer ask(int task, String id, List<FileAccess> files) {
    Request request = new Request(task, id, run.spec().plan().locksOf(files));
    String refusal = refusalOf(request);
    if (!refusal.isEmpty()) {
      return new LateAnswer.Refused(refusal, List.of());
    }
    if (granted.getOrDefault(task, List.of()).contains(request)) {
      return new LateAnswer.Granted(request.files());
    }
    if (waiting.contains(request)) {
      return new LateAnswer.Queued(waitsFor(request, waiting.indexOf(request)), List.of());
    }
    Set<Integer> blockers = blockersOf(request, waiting.size());
    if (blockers.isEmpty()) {
      grant(request);
      return new LateAnswer.Granted(request.files());
    }
    return enqueue(request, blockers);
  }

  /** {@code task} has these files from before, and holds nothing here yet. */
  void restore(int task, List<Attempt.Grant> grants) {
    grants.forEach(files -> grant(new Request(task, files.request(), files.files())));
  }

  private LateAnswer enqueue(Request request, Set<Integer> blockers) {
    long mine = waiting.stream().filter(r -> r.task() == request.task()).count();
    if (mine >= MAX_WAITING) {
      return new LateAnswer.Refused(
          "expected at most " + MAX_WAITING + " requests of one attempt that wait", List.of());
    }
    if (reaches(blockers, request.task())) {
      return new LateAnswer.Refused(
          "it would wait for "
              + idsOf(blockers)
              + ", which in turn waits for a file that this attempt has",
          List.copyOf(blockers));
    }
    waiting.add(request);
    asked.take(request.task(), request.files());
    return new LateAnswer.Queued(waitsFor(request, waiting.size() - 1), List.copyOf(blockers));
  }

  private String refusalOf(Request request) {
    if (request.files().isEmpty() || request.files().size() > MAX_FILES) {
      return "expected 1 to " + MAX_FILES + " files, was " + request.files().size();
    }
    TaskId id = run.task(request.task()).id();
    for (FileAccess access : request.files()) {
      for (FilePolicy policy : run.spec().plan().files()) {
        boolean anothers = policy.owner() != null && !id.equals(policy.owner());
        if (anothers && access.mode() != FileMode.READ && policy.path().overlaps(access.path())) {
          return access.path() + " is written by its owner alone, task " + policy.owner();
        }
      }
    }
    return "";
  }

  /** Who has what {@code request} asks for, or asked for it before the {@code place}-th did. */
  private Set<Integer> blockersOf(Request request, int place) {
    Set<Integer> blockers = new LinkedHashSet<>();
    for (FileAccess access : request.files()) {
      holdings.locks().visit(access, held -> collect(request.task(), access, held, blockers));
    }
    for (int i = 0; i < place; i++) {
      Request before = waiting.get(i);
      boolean conflicts = before.task() != request.task() && conflict(before, request);
      if (conflicts) {
        blockers.add(before.task());
      }
    }
    return blockers;
  }

  private boolean collect(
      int task, FileAccess access, LockTable.Holding held, Set<Integer> blockers) {
    if (!holdings.mayShare(task, access, held)) {
      blockers.add(held.task());
    }
    return false;
  }

  private static boolean conflict(Request one, Request other) {
    for (FileAccess a : one.files()) {
      for (FileAccess b : other.files()) {
        if (a.conflictsWith(b)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether one of {@code from} waits, by way of any others, for {@code task}. */
  private boolean reaches(Set<Integer> from, int task) {
    Set<Integer> seen = new LinkedHashSet<>(from);
    List<Integer> open = new ArrayList<>(from);
    while (!open.isEmpty()) {
      int next = open.removeLast();
      if (next == task) {
        return true;
      }
      for (int i = 0; i < waiting.size(); i++) {
        if (waiting.get(i).task() == next) {
          for (int blocker : blockersOf(waiting.get(i), i)) {
            if (seen.add(blocker)) {
              open.add(blocker);
            }
          }
        }
      }
    }
    return false;
  }

  private String waitsFor(Request request, int place) {
    return "it waits for " + idsOf(blockersOf(request, place));
  }

  private String idsOf(Set<Integer> tasks) {
    return "task " + String.join(", ", tasks.stream().map(i -> run.task(i).id().value()).toList());
  }

  private void grant(Request request) {
    holdings.locks().take(request.task(), request.files());
    granted.computeIfAbsent(request.task(), _ -> new ArrayList<>()).add(request);
  }

  /** Those that were granted, then those that wait, first come. */
  List<Request> all() {
    List<Request> all = new ArrayList<>();
    granted.values().forEach(all::addAll);
    all.addAll(waiting);
    return all;
  }

  /** Those that wait, first come. */
  List<Request> waiting() {
    return List.copyOf(waiting);
  }

  boolean waits(int task) {
    return waiting.stream().anyMatch(request -> request.task() == task);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Grants what has become free, first come first; answers those requests. */
  List<Request> settle() {
    List<Request> settled = new ArrayList<>();
    int i = 0;
    while (i < waiting.size()) {
      Request request = waiting.get(i);
      if (blockersOf(request, i).isEmpty()) {
        waiting.remove(i);
        asked.release(request.task(), request.files());
        grant(request);
        settled.add(request);
      } else {
        i++;
      }
    }
    return settled;
  }

  /** What a task that starts may not take, since a live one asked for it before; null: nothing. */
  LockTable.@Nullable Conflict findConflict(int task, List<FileAccess> accesses) {
    return asked.findConflict(accesses, (access, held) -> holdings.mayShare(task, access, held));
  }

  /** The attempt has ended: what it asked for and what it got is given back. */
  void end(int task) {
    for (Request request : List.copyOf(waiting)) {
      if (request.task() == task) {
        waiting.remove(request);
        asked.release(task, request.files());
      }
    }
    List<Request> had = granted.remove(task);
    if (had != null) {
      had.forEach(request -> holdings.locks().release(task, request.files()));
    }
  }
}
