package dev.makespan.core.finding;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
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

  private static final int NUMBERS_OF_A_TASK = 100;

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

  /** The one that wins most first; of two that win the same, the one of less risk and effort. */
  List<Remedy> all() {
    List<Remedy> remedies = new ArrayList<>();
    split().ifPresent(remedies::add);
    remedies.add(order());
    owner().ifPresent(remedies::add);
    append().ifPresent(remedies::add);
    numbers().ifPresent(remedies::add);
    remedies.add(turns());
    remedies.sort(
        Comparator.comparing(Remedy::gain)
            .reversed()
            .thenComparing(Remedy::isPriced, Comparator.reverseOrder())
            .thenComparing(Remedy::risk)
            .thenComparing(Remedy::effort));
    return remedies;
  }

  private List<Task> writers() {
    return tasks.stream().filter(task -> access(task, FileMode.WRITE).isPresent()).toList();
  }

  private Optional<FileAccess> access(Task task, FileMode mode) {
    return task.files().stream()
        .filter(access -> access.mode() == mode && access.path().overlaps(path))
        .findFirst();
  }

  /** Each writer gets a file of its own; readers read all of them. */
  Optional<Remedy> split() {
    if (path.isGlob() || writers().size() < 2) {
      return Optional.empty();
    }
    List<PlanChange> changes = new ArrayList<>();
    for (Task task : tasks) {
      access(task, FileMode.WRITE)
          .ifPresent(old -> changes.add(moved(task, old, FilePaths.pieceOf(path, task.id()))));
      access(task, FileMode.READ)
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
    for (int i = 1; i < sorted.size(); i++) {
      TaskId before = sorted.get(i - 1).id();
      changes.add(new PlanChange.AddNeed(sorted.get(i).id(), Need.of(before)));
    }
    List<TaskId> ids = sorted.stream().map(Task::id).toList();
    return pricer.remedy(
        "order",
        "Order them by needs: %s, one after another.".formatted(Sentence.names(ids)),
        Level.LOW,
        Level.LOW,
        "",
        changes);
  }

  private long start(Task task) {
    return scope.solution().schedule().start(index.find(task.id()));
  }

  /** The last of them alone writes; the others leave it their proposals. */
  private Optional<Remedy> owner() {
    if (path.isGlob() || writers().size() < 2) {
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
    String folder = FilePaths.plainFolderOf(path);
    if (!path.isGlob() || !folder.contains("migration") || writers().size() < 2) {
      return Optional.empty();
    }
    List<PlanChange> changes = new ArrayList<>();
    changes.add(
        new PlanChange.SetRange(
            new NumberRange("migrations", 1_000, NUMBERS_OF_A_TASK, NUMBERS_OF_A_TASK)));
    for (Task task : writers()) {
      FileAccess old = access(task, FileMode.WRITE).orElseThrow();
      changes.add(new PlanChange.TakeRange(task.id(), "migrations"));
      changes.add(moved(task, old, new FilePattern(folder + "/*-" + task.id() + "*")));
    }
    return Optional.of(
        pricer.remedy(
            "numbers",
            "Hand out numbers from a range, so that no two files are named alike.",
            Level.LOW,
            Level.LOW,
            "Each task only writes files that it numbers and names itself.",
            changes));
  }

  /** What the schedule does now. */
  private Remedy turns() {
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
}
