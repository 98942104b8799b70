package dev.makespan.core.run;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Coordination;
import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.FilePolicy;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Retry;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans as text, for tests: a line per task, {@code a 30m needs b,c.half writes x.rs reads y.rs
 * milestone half@10m role r uses staging phase p priority P0 timeout 1h metric tests.failed<=0
 * approval lead gates 2}. A line {@code phase p barrier} names a phase, {@code phase p approval
 * lead} one that a person opens, {@code resource staging 1} a resource, {@code file src/*.md
 * append} a policy; {@code policy first-come} and {@code affinity module} say who goes first and
 * where.
 */
public final class PlanText {

  private final Map<String, Integer> resources = new LinkedHashMap<>();
  private final List<Phase> phases = new ArrayList<>();
  private final List<FilePolicy> policies = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private int intake;
  private Budget budget = Budget.NONE;
  private Dispatching dispatching = Dispatching.DEFAULT;

  private PlanText() {}

  public static Plan plan(String... lines) {
    PlanText text = new PlanText();
    for (String line : lines) {
      text.line(line.trim().split(" +", -1));
    }
    Map<Role, Integer> pools = new LinkedHashMap<>();
    text.tasks.forEach(task -> pools.put(task.role(), 4));
    return new Plan(
        "test",
        "Test",
        Duration.ofHours(24),
        List.of(),
        pools,
        text.resources,
        List.of(),
        text.policies,
        text.phases,
        text.tasks,
        List.of(),
        null,
        text.intake,
        text.budget,
        Coordination.NONE,
        text.dispatching);
  }

  private void line(String[] words) {
    switch (words[0]) {
      case "resource" -> resources.put(words[1], Integer.valueOf(words[2]));
      case "intake" -> intake = Integer.parseInt(words[1]);
      case "budget" -> budget = budget(words[1]);
      case "policy" -> dispatching = new Dispatching(policy(words[1]), dispatching.affinity());
      case "affinity" -> dispatching = new Dispatching(dispatching.policy(), words[1]);
      case "file" -> policies.add(filePolicy(words));
      case "phase" ->
          phases.add(
              new Phase(new PhaseId(words[1]), words[1], words.length == 3, checkpoint(words)));
      default -> tasks.add(task(words));
    }
  }

  /** Such as {@code tokens=100,cost=2.5,hours=1}. */
  private static Budget budget(String text) {
    Budget budget = Budget.NONE;
    for (String part : text.split(",", -1)) {
      String value = part.split("=", -1)[1];
      budget =
          switch (part.split("=", -1)[0]) {
            case "tokens" -> new Budget(Long.parseLong(value), budget.cost(), budget.agentHours());
            case "cost" ->
                new Budget(budget.tokens(), Double.parseDouble(value), budget.agentHours());
            default -> new Budget(budget.tokens(), budget.cost(), Double.parseDouble(value));
          };
    }
    return budget;
  }

  private static List<Gate> checkpoint(String[] words) {
    return words.length > 3 ? List.of(new Gate.Approval(words[3])) : List.of();
  }

  private static Dispatching.Policy policy(String word) {
    return Dispatching.Policy.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static FilePolicy filePolicy(String[] words) {
    FilePolicy.Kind kind = FilePolicy.Kind.valueOf(words[2].toUpperCase(Locale.ROOT));
    TaskId owner = words.length > 3 ? new TaskId(words[3]) : null;
    return new FilePolicy(new FilePattern(words[1]), kind, owner);
  }

  private static Task task(String[] words) {
    List<Need> needs = new ArrayList<>();
    List<FileAccess> files = new ArrayList<>();
    List<Milestone> milestones = new ArrayList<>();
    List<Gate> gates = new ArrayList<>();
    Map<String, Integer> uses = new LinkedHashMap<>();
    Map<String, String> labels = new LinkedHashMap<>();
    Role role = new Role("dev");
    Priority priority = Priority.P2;
    PhaseId phase = null;
    Duration timeout = null;
    Duration backoff = Duration.ofSeconds(1);
    int rejections = 3;
    Budget budget = Budget.NONE;
    for (int i = 2; i + 1 < words.length; i += 2) {
      String value = words[i + 1];
      switch (words[i]) {
        case "needs" -> List.of(value.split(",", -1)).forEach(n -> needs.add(need(n)));
        case "writes" -> files.addAll(accesses(value, FileMode.WRITE));
        case "reads" -> files.addAll(accesses(value, FileMode.READ));
        case "milestone" -> milestones.add(milestone(value));
        case "metric" -> gates.add(new Gate.Metric(value.split("<=", -1)[0], null, bound(value)));
        case "approval" -> gates.add(new Gate.Approval(value));
        case "gates" -> rejections = Integer.parseInt(value);
        case "gate" -> gates.add(new Gate.Run(value));
        case "appends" -> files.addAll(accesses(value, FileMode.APPEND));
        case "regenerates" -> files.addAll(accesses(value, FileMode.REGENERATE));
        case "uses" -> uses.put(value.split(":", -1)[0], units(value));
        case "label" -> labels.put(value.split("=", -1)[0], value.split("=", -1)[1]);
        case "role" -> role = new Role(value);
        case "priority" -> priority = Priority.valueOf(value);
        case "phase" -> phase = new PhaseId(value);
        case "timeout" -> timeout = duration(value);
        case "budget" -> budget = budget(value);
        case "backoff" -> backoff = duration(value);
        default -> throw new IllegalArgumentException("no such word: " + words[i]);
      }
    }
    return new Task(
        new TaskId(words[0]),
        words[0],
        new Placement(phase, role, priority, null, labels),
        Estimate.exactly(duration(words[1])),
        needs,
        List.of(),
        files,
        uses,
        milestones,
        List.of(),
        List.of(),
        execution(timeout, rejections, backoff),
        new Completion(List.of(), List.of(), gates),
        budget);
  }

  private static Execution execution(@Nullable Duration timeout, int rejections, Duration backoff) {
    return new Execution(
        Execution.DEFAULT.work(),
        Map.of(),
        List.of(),
        timeout,
        new Retry(3, rejections, backoff),
        List.of(),
        List.of());
  }

  private static Integer units(String use) {
    return use.contains(":") ? Integer.valueOf(use.split(":", -1)[1]) : Integer.valueOf(1);
  }

  private static Double bound(String metric) {
    return Double.valueOf(metric.split("<=", -1)[1]);
  }

  private static Need need(String text) {
    String[] parts = text.split("\\.", -1);
    return new Need(new TaskId(parts[0]), parts.length == 1 ? null : new MilestoneId(parts[1]));
  }

  private static List<FileAccess> accesses(String paths, FileMode mode) {
    List<FileAccess> accesses = new ArrayList<>();
    for (String path : paths.split(",", -1)) {
      accesses.add(new FileAccess(new FilePattern(path), mode));
    }
    return accesses;
  }

  private static Milestone milestone(String text) {
    String[] parts = text.split("@", -1);
    return new Milestone(new MilestoneId(parts[0]), parts[0], duration(parts[1]));
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }
}
