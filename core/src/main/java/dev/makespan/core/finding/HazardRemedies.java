package dev.makespan.core.finding;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What can be done about one hazard, compared by what it wins. */
final class HazardRemedies {

  /** Nobody works in the proposals of more tasks. */
  private static final int MAX_PROPOSALS = 1_000;

  private final Scope scope;
  private final Pricer pricer;
  private final Hazard hazard;
  private final List<Task> tasks;
  private final TaskIndex index;
  private final FilePattern path;

  HazardRemedies(Scope scope, Pricer pricer, Hazard hazard, List<Task> tasks, TaskIndex index) {
    this.scope = scope;
    this.pricer = pricer;
    this.hazard = hazard;
    this.tasks = tasks;
    this.index = index;
    this.path = new FilePattern(hazard.path());
  }

  /**
   * The one that wins most first; of two that win the same, the one of less risk and effort. One of
   * high risk is never recommended: it takes for granted what nothing in the plan speaks for.
   */
  List<Remedy> all() {
    List<Remedy> remedies = new ArrayList<>();
    split().ifPresent(remedies::add);
    remedies.add(order());
    owner().ifPresent(remedies::add);
    append().ifPresent(remedies::add);
    numbers().ifPresent(remedies::add);
    remedies.add(turns());
    remedies.sort(
        Comparator.comparing((Remedy remedy) -> remedy.risk() == Level.HIGH)
            .thenComparing(Remedy::gain, Comparator.reverseOrder())
            .thenComparing(Remedy::isPriced, Comparator.reverseOrder())
            .thenComparing(Remedy::risk)
            .thenComparing(Remedy::effort));
    return remedies;
  }

  private List<Task> writers() {
    return tasks.stream().filter(task -> access(task, FileMode.WRITE).isPresent()).toList();
  }

  /**
   * Whether two or more write, all by naming this very path. Of a wider glob a part can't be moved:
   * what else the task writes under it would be lost.
   */
  private boolean canBeMoved() {
    FileAccess own = new FileAccess(path, FileMode.WRITE);
    return writers().size() > 1
        && writers().stream()
            .flatMap(task -> task.files().stream())
            .filter(access -> access.mode() == FileMode.WRITE && access.path().overlaps(path))
            .allMatch(own::equals);
  }

  private Optional<FileAccess> access(Task task, FileMode mode) {
    return task.files().stream()
        .filter(access -> access.mode() == mode && access.path().overlaps(path))
        .findFirst();
  }

  /** Each writer gets a file of its own; readers read all of them. */
  Optional<Remedy> split() {
    if (path.isGlob() || !canBeMoved()) {
      return Optional.empty();
    }
    List<PlanChange> changes = new ArrayList<>();
    for (Task task : tasks) {
      access(task, FileMode.WRITE)
          .ifPresent(old -> changes.add(moved(task, old, FilePaths.pieceOf(path, task.id()))));
      access(task, FileMode.READ)
          .filter(old -> old.path().equals(path))
          .ifPresent(old -> changes.add(moved(task, old, FilePaths.piecesOf(path))));
    }
    return Optional.of(
        pricer.remedy(
            "split-file",
            "Give each task a file of its own in " + FilePaths.folderOf(path) + "/.",
            Level.MEDIUM,
            Level.LOW,
            "What the tasks write into " + path.text() + " can stand in separate files.",
            changes));
  }

  private static PlanChange moved(Task task, FileAccess old, FilePattern to) {
    return new PlanChange.ReplaceAccess(task.id(), old, new FileAccess(to, old.mode()));
  }

  /** In the order in which the schedule has them; two tasks either way round, what costs less. */
  private Remedy order() {
    List<Task> sorted = new ArrayList<>(tasks);
    sorted.sort(Comparator.comparingLong(this::start));
    Remedy asScheduled = inOrder(sorted);
    if (sorted.size() != 2) {
      return asScheduled;
    }
    Remedy turned = inOrder(sorted.reversed());
    boolean better = turned.isPriced() && turned.gain().compareTo(asScheduled.gain()) > 0;
    return better || !asScheduled.isPriced() ? turned : asScheduled;
  }

  private Remedy inOrder(List<Task> sorted) {
    List<PlanChange> changes = new ArrayList<>();
    int writer = -1;
    for (int i = 0; i < sorted.size(); i++) {
      boolean writes = writes(sorted.get(i));
      for (Task before : waitedFor(sorted, i, writer, writes)) {
        changes.add(new PlanChange.AddNeed(sorted.get(i).id(), Need.of(before.id())));
      }
      writer = writes ? i : writer;
    }
    List<TaskId> ids = sorted.stream().map(Task::id).toList();
    return pricer.remedy(
        "order",
        "Order them by needs, as in %s%s."
            .formatted(
                Sentence.names(ids), sorted.size() > 2 ? "; readers stay beside readers" : ""),
        Level.LOW,
        Level.LOW,
        "",
        changes);
  }

  /** A reader waits for the last writer before it, a writer for the readers behind that too. */
  private static List<Task> waitedFor(List<Task> sorted, int place, int writer, boolean writes) {
    if (writes && writer < place - 1) {
      return sorted.subList(writer + 1, place);
    }
    return writer < 0 ? List.of() : List.of(sorted.get(writer));
  }

  private boolean writes(Task task) {
    return access(task, FileMode.WRITE).isPresent()
        || task.steps().stream().anyMatch(step -> step.writes().stream().anyMatch(path::overlaps));
  }

  private long start(Task task) {
    return scope.solution().schedule().start(index.find(task.id()));
  }

  /** The last of them alone writes; the others leave it their proposals. */
  private Optional<Remedy> owner() {
    if (path.isGlob() || tasks.size() > MAX_PROPOSALS || !canBeMoved()) {
      return Optional.empty();
    }
    Task owner = writers().stream().max(Comparator.comparingLong(this::start)).orElseThrow();
    List<PlanChange> changes = new ArrayList<>();
    changes.add(new PlanChange.SetPolicy(new FilePolicy(path, FilePolicy.Kind.OWNER, owner.id())));
    for (Task task : writers()) {
      if (!task.id().equals(owner.id())) {
        FileAccess old = access(task, FileMode.WRITE).orElseThrow();
        changes.add(moved(task, old, FilePaths.proposalOf(path, task.id())));
        changes.add(new PlanChange.AddNeed(owner.id(), Need.of(task.id())));
      }
    }
    return Optional.of(
        pricer.remedy(
            "owner",
            "Make %s its owner; the others leave it proposals.".formatted(owner.id()),
            Level.MEDIUM,
            Level.MEDIUM,
            "Working the proposals in takes %s no longer.".formatted(owner.id()),
            changes));
  }

  private Optional<Remedy> append() {
    if (writers().size() < 2) {
      return Optional.empty();
    }
    boolean likely = FilePaths.looksLikeAList(path);
    return Optional.of(
        pricer.remedy(
            "append",
            "Declare that tasks only add to it.",
            Level.LOW,
            likely ? Level.LOW : Level.HIGH,
            "Additions to " + path.text() + " commute: nobody changes what another wrote.",
            List.of(new PlanChange.SetPolicy(new FilePolicy(path, FilePolicy.Kind.APPEND, null)))));
  }

  /** Tasks that number files in one folder draw the numbers from a range. */
  private Optional<Remedy> numbers() {
    if (!canBeMoved()) {
      return Optional.empty();
    }
    return new NumberedFiles(scope.plan(), path, writers())
        .changes()
        .map(changes ->
            pricer.remedy(
                "numbers",
                "Hand out numbers from a range, so that no two files are named alike.",
                Level.LOW,
                Level.LOW,
                "Each task only writes files whose names begin with its numbers.",
                changes));
  }

  /** What the schedule does now; of files that only steps name it knows nothing yet. */
  private Remedy turns() {
    boolean locked = scope.locks().stream().anyMatch(lock -> lock.path().equals(path.text()));
    return locked ? asNow() : asLock();
  }

  private Remedy asNow() {
    return new Remedy(
        "turns",
        "Let them take turns, as the schedule does%s."
            .formatted(
                hazard.turnTakingCost().isPositive()
                    ? ", which costs " + Sentence.time(hazard.turnTakingCost())
                    : ""),
        scope.analysis().schedule(),
        Duration.ZERO,
        Level.LOW,
        Level.LOW,
        "",
        List.of());
  }

  private Remedy asLock() {
    List<PlanChange> changes = new ArrayList<>();
    for (Task task : tasks) {
      FileMode mode = writes(task) ? FileMode.WRITE : FileMode.READ;
      changes.add(new PlanChange.AddAccess(task.id(), new FileAccess(path, mode)));
    }
    return pricer.remedy(
        "turns",
        "Name it among the tasks' own files, so that they take turns; now only steps name it.",
        Level.LOW,
        Level.LOW,
        "",
        changes);
  }
}
