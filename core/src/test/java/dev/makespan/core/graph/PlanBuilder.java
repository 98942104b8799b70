package dev.makespan.core.graph;

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
import dev.makespan.core.plan.Level;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.NumberRange;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Retry;
import dev.makespan.core.plan.Risk;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Step;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.plan.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Plans for tests, a line per task; whatever is not said has the plan format's default. */
public final class PlanBuilder {

  private final Map<Role, Integer> pools = new LinkedHashMap<>();
  private final Map<String, Integer> resources = new LinkedHashMap<>();
  private final List<FilePolicy> policies = new ArrayList<>();
  private final List<Phase> phases = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<NumberRange> ranges = new ArrayList<>();
  private final List<Risk> risks = new ArrayList<>();

  public PlanBuilder pool(String role, int slots) {
    pools.put(new Role(role), slots);
    return this;
  }

  public PlanBuilder resource(String name, int capacity) {
    resources.put(name, capacity);
    return this;
  }

  public PlanBuilder policy(String path, FilePolicy.Kind kind) {
    policies.add(new FilePolicy(new FilePattern(path), kind, null));
    return this;
  }

  public PlanBuilder owner(String path, String task) {
    policies.add(new FilePolicy(new FilePattern(path), FilePolicy.Kind.OWNER, new TaskId(task)));
    return this;
  }

  public PlanBuilder range(String name, long first, long stride, long size) {
    ranges.add(new NumberRange(name, first, stride, size));
    return this;
  }

  /** A likely risk to tasks; {@code mitigation} and {@code fallback} may be empty. */
  public PlanBuilder risk(String id, String mitigation, String fallback, String... threatened) {
    risks.add(
        new Risk(
            id,
            "What if " + id,
            Level.MEDIUM,
            Level.HIGH,
            List.of(threatened).stream().map(TaskId::new).toList(),
            mitigation.isEmpty() ? null : mitigation,
            fallback.isEmpty() ? null : fallback));
    return this;
  }

  public PlanBuilder phase(String id, boolean barrier) {
    phases.add(new Phase(new PhaseId(id), id, barrier, List.of()));
    return this;
  }

  public PlanBuilder task(String id, int minutes) {
    return task(id, minutes, line -> line);
  }

  public PlanBuilder task(String id, int minutes, UnaryOperator<Line> said) {
    Line line = said.apply(new Line(defaultRole()));
    tasks.add(line.task(id, Duration.ofMinutes(minutes)));
    return this;
  }

  private Role defaultRole() {
    return pools.isEmpty() ? new Role("agent") : pools.keySet().iterator().next();
  }

  public Plan plan() {
    tasks.forEach(task -> pools.putIfAbsent(task.role(), 1));
    return new Plan(
        "plan",
        "Plan",
        Duration.ofHours(24),
        List.of(),
        pools,
        resources,
        ranges,
        policies,
        phases,
        tasks,
        risks,
        null,
        0,
        Budget.NONE,
        Coordination.NONE,
        Dispatching.DEFAULT);
  }

  /** What one task says. */
  public static final class Line {
    private Role role;
    private @Nullable PhaseId phase;
    private final List<Need> needs = new ArrayList<>();
    private final List<FileAccess> files = new ArrayList<>();
    private final Map<String, Integer> uses = new LinkedHashMap<>();
    private final List<Milestone> milestones = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Stub> stubs = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();
    private final List<String> taken = new ArrayList<>();
    private final List<String> publishes = new ArrayList<>();
    private final List<String> context = new ArrayList<>();
    private @Nullable Level risk;
    private Priority priority = Priority.P2;
    private Work work = Execution.DEFAULT.work();
    private int optimisticMinutes = -1;
    private int pessimisticMinutes = -1;

    private Line(Role role) {
      this.role = role;
    }

    public Line role(String name) {
      role = new Role(name);
      return this;
    }

    public Line phase(String id) {
      phase = new PhaseId(id);
      return this;
    }

    /** {@code task} or {@code task.milestone}. */
    public Line needs(String... names) {
      for (String name : names) {
        int dot = name.indexOf('.');
        needs.add(
            dot < 0
                ? Need.of(new TaskId(name))
                : new Need(
                    new TaskId(name.substring(0, dot)), new MilestoneId(name.substring(dot + 1))));
      }
      return this;
    }

    public Line reads(String... paths) {
      return files(FileMode.READ, paths);
    }

    public Line writes(String... paths) {
      return files(FileMode.WRITE, paths);
    }

    public Line appends(String... paths) {
      return files(FileMode.APPEND, paths);
    }

    private Line files(FileMode mode, String... paths) {
      for (String path : paths) {
        files.add(new FileAccess(new FilePattern(path), mode));
      }
      return this;
    }

    /** The duration is uncertain. */
    public Line between(int optimistic, int pessimistic) {
      optimisticMinutes = optimistic;
      pessimisticMinutes = pessimistic;
      return this;
    }

    private Estimate estimate(Duration likely) {
      return optimisticMinutes < 0
          ? Estimate.exactly(likely)
          : new Estimate(
              Duration.ofMinutes(optimisticMinutes),
              likely,
              Duration.ofMinutes(pessimisticMinutes),
              null,
              false);
    }

    public Line uses(String resource, int units) {
      uses.put(resource, units);
      return this;
    }

    /** Starts against a stub of another task. */
    public Line stub(String task, String via) {
      stubs.add(new Stub(new TaskId(task), via, null));
      return this;
    }

    public Line label(String key, String value) {
      labels.put(key, value);
      return this;
    }

    public Line takes(String range) {
      taken.add(range);
      return this;
    }

    public Line publishes(String name) {
      publishes.add(name);
      return this;
    }

    /** What its agent is given. */
    public Line context(String entry) {
      context.add(entry);
      return this;
    }

    public Line priority(Priority value) {
      priority = value;
      return this;
    }

    /** How risky its author says it is. */
    public Line risk(Level level) {
      risk = level;
      return this;
    }

    /** Is done by a script. */
    public Line script(String text) {
      work = new Work.Script(text);
      return this;
    }

    public Line milestone(String id, int afterMinutes) {
      milestones.add(new Milestone(new MilestoneId(id), id, Duration.ofMinutes(afterMinutes)));
      return this;
    }

    public Line step(String id, int minutes, String read, String write) {
      steps.add(
          new Step(
              id,
              id,
              Duration.ofMinutes(minutes),
              read.isEmpty() ? List.of() : List.of(new FilePattern(read)),
              write.isEmpty() ? List.of() : List.of(new FilePattern(write)),
              List.of()));
      return this;
    }

    private Task task(String id, Duration duration) {
      return new Task(
          new TaskId(id),
          id,
          new Placement(phase, role, priority, risk, labels),
          estimate(duration),
          needs,
          stubs,
          files,
          uses,
          milestones,
          steps,
          taken,
          new Execution(work, Map.of(), List.of(), null, Retry.DEFAULT, context, publishes),
          Completion.NONE,
          Budget.NONE);
    }
  }
}
