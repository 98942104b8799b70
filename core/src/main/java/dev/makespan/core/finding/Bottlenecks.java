package dev.makespan.core.finding;

import dev.makespan.core.analysis.Hazard;
import dev.makespan.core.change.PlanChange;
import dev.makespan.core.graph.LongestPaths;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.PlanPart;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.TaskIndex;
import dev.makespan.core.schedule.Project;
import dev.makespan.core.schedule.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * HOT_ROLE, HOT_RESOURCE and HOT_FILE: the pools, resources and files that bind the schedule, and
 * what one more slot or a split wins. One binds when its work over its slots, between the earliest
 * start and the shortest rest of its tasks, comes near the makespan; or when one more wins time.
 * The tightest role is told in any case: whether another agent wins anything is what people ask
 * first.
 */
final class Bottlenecks implements Finder {

  /** A resource binds from so much of the makespan on, in percent. */
  static final int BINDING_PERCENT = 97;

  private record Load(Resource resource, long bound, List<Integer> users) {}

  @Override
  public List<Finding> find(Scope scope) {
    Pricer pricer = new Pricer(scope);
    List<Finding> findings = new ArrayList<>();
    List<Load> loads = new ArrayList<>(loads(scope));
    loads.sort(Comparator.comparingLong(Load::bound).reversed());
    List<Load> shared = loads.stream().filter(load -> load.users().size() > 1).toList();
    Optional<Load> tightest = shared.stream().filter(Bottlenecks::isRole).findFirst();
    for (Load load : shared) {
      boolean isTightest = tightest.filter(load::equals).isPresent();
      List<Evidence> others = isTightest ? otherRoles(scope, pricer, load) : List.of();
      addFinding(scope, pricer, load, isTightest, others, findings);
    }
    return findings;
  }

  /** What one more agent of each other role wins. */
  private static List<Evidence> otherRoles(Scope scope, Pricer pricer, Load tightest) {
    List<Evidence> others = new ArrayList<>();
    for (Role role : scope.pools().keySet()) {
      int more = scope.pools().getOrDefault(role, 1) + 1;
      if (!role.value().equals(tightest.resource().name()) && !pricer.isUsedUp()) {
        pricer
            .makespan(List.of(new PlanChange.SetPool(role, more)))
            .ifPresent(makespan ->
                others.add(
                    new Evidence(
                        new PlanPart.OfPool(role),
                        "one more agent of role %s %s"
                            .formatted(role, won(scope.pricing().gain(makespan))))));
      }
    }
    return others;
  }

  private static String won(Duration gain) {
    return gain.isPositive() ? "wins " + Sentence.time(gain) : "wins nothing";
  }

  private static boolean isRole(Load load) {
    return load.resource().kind() == Resource.Kind.ROLE;
  }

  private static List<Load> loads(Scope scope) {
    Project project = scope.project();
    long[] heads = LongestPaths.heads(scope.graph());
    long[] tails = LongestPaths.tails(scope.graph());
    int count = project.resources().size();
    long[] work = new long[count];
    long[] head = new long[count];
    long[] rest = new long[count];
    Arrays.fill(head, Long.MAX_VALUE);
    Arrays.fill(rest, Long.MAX_VALUE);
    List<List<Integer>> users = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      users.add(new ArrayList<>());
    }
    for (int v = 0; v < scope.graph().tasks(); v++) {
      long duration = scope.graph().duration(v);
      for (int slot = project.demandsBegin(v); slot < project.demandsEnd(v); slot++) {
        int r = project.demandResource(slot);
        work[r] += duration * project.demandUnits(slot);
        head[r] = Math.min(head[r], heads[v]);
        rest[r] = Math.min(rest[r], tails[v] - duration);
        users.get(r).add(v);
      }
    }
    List<Load> loads = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Resource resource = project.resources().get(r);
      if (!users.get(r).isEmpty()) {
        long bound = head[r] + Math.ceilDiv(work[r], resource.capacity()) + rest[r];
        loads.add(new Load(resource, bound, users.get(r)));
      }
    }
    return loads;
  }

  private static void addFinding(
      Scope scope,
      Pricer pricer,
      Load load,
      boolean tightest,
      List<Evidence> others,
      List<Finding> findings) {
    boolean binds = load.bound() * 100 >= scope.makespanMillis() * BINDING_PERCENT;
    boolean isFile = load.resource().kind() == Resource.Kind.FILE;
    if ((!binds && pricer.isUsedUp()) || (isFile && !binds)) {
      return;
    }
    List<Remedy> remedies = remedies(scope, pricer, load);
    boolean wins = !remedies.isEmpty() && remedies.getFirst().gain().isPositive();
    if (binds || wins || tightest) {
      findings.add(finding(scope, pricer, load, binds, others, remedies));
    }
  }

  private static List<Remedy> remedies(Scope scope, Pricer pricer, Load load) {
    int more = load.resource().capacity() + 1;
    String name = load.resource().name();
    return switch (load.resource().kind()) {
      case ROLE ->
          List.of(
              pricer.remedy(
                  "one-more",
                  "Have %d agents of role %s.".formatted(more, name),
                  Level.MEDIUM,
                  Level.LOW,
                  "",
                  List.of(new PlanChange.SetPool(new Role(name), more))));
      case RESOURCE ->
          List.of(
              pricer.remedy(
                  "one-more",
                  "Have %d of %s.".formatted(more, name),
                  Level.HIGH,
                  Level.LOW,
                  "",
                  List.of(new PlanChange.SetResource(name, more))));
      case FILE -> splits(scope, pricer, name);
    };
  }

  private static List<Remedy> splits(Scope scope, Pricer pricer, String path) {
    return scope.analysis().hazards().stream()
        .filter(hazard -> hazard.path().equals(path))
        .findFirst()
        .map(hazard -> splits(scope, pricer, hazard))
        .orElse(List.of());
  }

  private static List<Remedy> splits(Scope scope, Pricer pricer, Hazard hazard) {
    TaskIndex index = TaskIndex.of(scope.plan().tasks());
    List<Task> tasks = hazard.tasks().stream().map(id -> scope.task(index.find(id))).toList();
    return new HazardRemedies(scope, pricer, hazard, tasks, index).split().stream().toList();
  }

  private static Finding finding(
      Scope scope,
      Pricer pricer,
      Load load,
      boolean binds,
      List<Evidence> others,
      List<Remedy> remedies) {
    Resource resource = load.resource();
    List<TaskId> tasks = load.users().stream().map(scope::id).toList();
    Duration gain = remedies.isEmpty() ? Duration.ZERO : remedies.getFirst().gain();
    return new Finding(
        kind(resource).text() + ":" + resource.name(),
        kind(resource),
        pricer.severity(gain),
        Confidence.CERTAIN,
        title(resource, load, binds, gain, remedies.isEmpty()),
        tasks,
        Stream.concat(evidence(scope, load).stream(), others.stream()).toList(),
        remedies);
  }

  private static FindingKind kind(Resource resource) {
    return switch (resource.kind()) {
      case ROLE -> FindingKind.HOT_ROLE;
      case RESOURCE -> FindingKind.HOT_RESOURCE;
      case FILE -> FindingKind.HOT_FILE;
    };
  }

  private static String title(
      Resource resource, Load load, boolean binds, Duration gain, boolean noRemedy) {
    String what =
        switch (resource.kind()) {
          case ROLE -> "Role %s with %d agents".formatted(resource.name(), resource.capacity());
          case RESOURCE -> "Resource %s with %d".formatted(resource.name(), resource.capacity());
          case FILE -> "The file " + resource.name();
        };
    String bound =
        binds
            ? " binds: its tasks need at least " + Sentence.time(Duration.ofMillis(load.bound()))
            : " comes to " + Sentence.time(Duration.ofMillis(load.bound())) + " and does not bind";
    String remedy = resource.kind() == Resource.Kind.FILE ? "splitting it " : "one more ";
    return what.replace(" 1 agents", " 1 agent")
        + bound
        + (noRemedy ? "." : "; " + remedy + won(gain) + ".");
  }

  private static List<Evidence> evidence(Scope scope, Load load) {
    Resource resource = load.resource();
    return switch (resource.kind()) {
      case ROLE ->
          List.of(
              new Evidence(
                  new PlanPart.OfPool(new Role(resource.name())),
                  "%d tasks, slots: %d".formatted(load.users().size(), resource.capacity())));
      case RESOURCE ->
          List.of(
              new Evidence(
                  new PlanPart.OfResource(resource.name()),
                  "%d tasks, slots: %d".formatted(load.users().size(), resource.capacity())));
      case FILE -> fileEvidence(scope, load);
    };
  }

  private static List<Evidence> fileEvidence(Scope scope, Load load) {
    FilePattern path = new FilePattern(load.resource().name());
    List<Evidence> evidence = new ArrayList<>();
    for (int v : load.users()) {
      Task task = scope.task(v);
      for (FileAccess access : task.files()) {
        if (access.path().overlaps(path)) {
          evidence.add(
              new Evidence(
                  new PlanPart.OfFile(task.id(), access),
                  task.id() + " touches " + access.path().text()));
        }
      }
    }
    return evidence;
  }
}
