package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.Completion;
import dev.makespan.core.plan.Coordination;
import dev.makespan.core.plan.Dispatching;
import dev.makespan.core.plan.Estimate;
import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Placement;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Priority;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * How many task lives a shard decides in a second of processor time, alone: no I/O, no threads,
 * agents that answer at once. A program, not a test: {@code ShardSpeed SHAPE TASKS SLOTS
 * REPETITIONS}, where the shape is {@code independent}, {@code layered}, {@code files} (each task
 * its own file, and reads a shared one) or {@code hot} (all write one file).
 */
public final class ShardSpeed {

  private static final Role ROLE = new Role("dev");
  private static final Duration PER_INPUT = Duration.ofNanos(10_000);
  private static final Duration REPORTING = Duration.ofSeconds(5);

  private final Shard shard = new Shard(1, ShardSettings.DEFAULT, new SplittableRandom(1));
  private final Deque<Effect.Tell> told = new ArrayDeque<>();
  private final List<SessionId> sessions = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Instant nextReport = now.plus(REPORTING);

  private ShardSpeed() {}

  /** Measures and prints. */
  public static void main(String[] args) {
    int tasks = Integer.parseInt(args[1]);
    int slots = Integer.parseInt(args[2]);
    Plan plan = plan(args[0], tasks);
    double bestStart = Double.MAX_VALUE;
    double bestLives = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      ShardSpeed speed = new ShardSpeed();
      speed.connect(slots);
      long begin = cpuNanos();
      speed.start(plan);
      long started = cpuNanos();
      speed.work();
      double seconds = (cpuNanos() - started) / 1e9;
      Run run = Objects.requireNonNull(speed.shard.findRun(new RunId(1)));
      if (run.state() != RunState.DONE) {
        throw new IllegalStateException("the run ended as " + run.state());
      }
      bestStart = Math.min(bestStart, (started - begin) / 1e6);
      bestLives = Math.max(bestLives, tasks / seconds);
    }
    System.out.printf(
        "%-12s %8d tasks %5d slots: start %8.1f ms, %9.0f lives/s, %6.2f us each%n",
        args[0], tasks, slots, bestStart, bestLives, 1e6 / bestLives);
  }

  /** Of this thread: others on the machine and the collector do not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void connect(int slots) {
    for (int i = 0; i < slots; i++) {
      SessionId session = new SessionId("s" + i);
      sessions.add(session);
      hand(
          new ShardInput.SessionOpened(
              new AgentSays.Hello(
                  session,
                  new AgentId("agent-" + i),
                  AgentSays.PROTOCOL_VERSION,
                  List.of(ROLE),
                  Map.of(),
                  1,
                  List.of(),
                  List.of(),
                  "speed")));
    }
  }

  private void start(Plan plan) {
    hand(new ShardInput.StartRun(new RunSpec(new RunId(1), plan, 1, Map.of(), true, 1, now)));
  }

  private void work() {
    while (!told.isEmpty()) {
      Effect.Tell tell = told.remove();
      if (tell.message() instanceof GatewaySays.Assign assign) {
        hand(new ShardInput.AgentSaid(tell.session(), new AgentSays.Accept(assign.task())));
        AgentSays.Result result =
            new AgentSays.Result(
                assign.task(),
                "r" + assign.task().fence(),
                AgentSays.Outcome.OK,
                "",
                Map.of(),
                List.of(),
                List.of());
        hand(new ShardInput.AgentSaid(tell.session(), result));
      }
      if (now.isAfter(nextReport)) {
        nextReport = now.plus(REPORTING);
        hand(new ShardInput.Tick());
      }
    }
  }

  private void hand(ShardInput input) {
    now = now.plus(PER_INPUT);
    if (shard.handle(input, now) instanceof Outcome.Step step) {
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Tell tell) {
          told.add(tell);
        }
      }
    }
  }

  private static Plan plan(String shape, int count) {
    List<Task> tasks = new ArrayList<>(count);
    SplittableRandom chance = new SplittableRandom(1);
    for (int i = 0; i < count; i++) {
      tasks.add(task(i, needs(shape, i, chance), files(shape, i)));
    }
    return new Plan(
        "speed",
        "Speed",
        Duration.ofHours(24),
        List.of(),
        Map.of(ROLE, 1),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        tasks,
        List.of(),
        null,
        0,
        Budget.NONE,
        Coordination.NONE,
        Dispatching.DEFAULT);
  }

  private static List<Need> needs(String shape, int i, SplittableRandom chance) {
    int layer = i / 1000;
    if (!shape.equals("layered") || layer == 0) {
      return List.of();
    }
    int one = (layer - 1) * 1000 + i % 1000;
    int other = (layer - 1) * 1000 + (i % 1000 + 1 + chance.nextInt(900)) % 1000;
    return List.of(new Need(new TaskId("t" + one), null), new Need(new TaskId("t" + other), null));
  }

  private static List<FileAccess> files(String shape, int i) {
    FileAccess own =
        new FileAccess(new FilePattern("src/m" + i % 1000 + "/f" + i + ".java"), FileMode.WRITE);
    return switch (shape) {
      case "files" -> List.of(own, new FileAccess(new FilePattern("src/api.java"), FileMode.READ));
      case "hot" -> List.of(own, new FileAccess(new FilePattern("src/main.java"), FileMode.WRITE));
      default -> List.of();
    };
  }

  private static Task task(int i, List<Need> needs, List<FileAccess> files) {
    return new Task(
        new TaskId("t" + i),
        "Task " + i,
        new Placement(null, ROLE, Priority.P2, null, Map.of()),
        Estimate.exactly(Duration.ofSeconds(1 + i % 7)),
        needs,
        List.of(),
        files,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Execution.DEFAULT,
        new Completion(List.of(), List.of(), List.of()),
        Budget.NONE);
  }
}
