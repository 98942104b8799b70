package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Task;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunCommand;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskCommand;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.TaskLife;
import dev.makespan.core.task.TaskRef;
import dev.makespan.core.task.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A shard with agents in one thread under virtual time. What is said takes no time unless the
 * network is hostile: then messages are lost, late and said twice, agents die, and the scheduler is
 * restarted from its journal, all from one seed. After each event the promises are checked.
 */
public final class Rehearsal {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration AGENT_IS_GONE = Duration.ofSeconds(20);

  private final SplittableRandom chance;
  private final RunSpec spec;
  private final List<String> inputs = new ArrayList<>();
  private final List<Outcome.Refused> refusals = new ArrayList<>();
  private final List<RunEvent> journal = new ArrayList<>();
  private final Map<AgentId, SimulatedAgent> agents = new LinkedHashMap<>();
  private final PriorityQueue<Scheduled> agenda = new PriorityQueue<>();
  private Shard shard;
  private long generation = 1;
  private long sequence;
  private Instant now = T0;
  private double hostility;
  private final Map<String, Long> newestFence = new LinkedHashMap<>();
  private final List<GatewaySays.Verdict> verdicts = new ArrayList<>();
  private long highestFence;

  private record Scheduled(Instant at, long sequence, Runnable what)
      implements Comparable<Scheduled> {
    @Override
    public int compareTo(Scheduled other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  public Rehearsal(Plan plan, double speed, long seed) {
    this(plan, speed, seed, true);
  }

  /** Not simulated, it waits for people where the plan says so. */
  Rehearsal(Plan plan, double speed, long seed, boolean simulated) {
    this.chance = new SplittableRandom(seed);
    this.spec = new RunSpec(new RunId(1), plan, 1, Map.of(), simulated, speed, T0);
    this.shard = newShard();
  }

  private Shard newShard() {
    return new Shard(generation, ShardSettings.DEFAULT, chance.split());
  }

  /** From now on so many of the messages meet with an accident, until {@code until}. */
  Rehearsal hostile(double share, Duration until) {
    hostility = share;
    at(until, () -> hostility = 0);
    return this;
  }

  public Rehearsal agents(String role, int count) {
    for (int i = 1; i <= count; i++) {
      AgentId id = new AgentId(role + "-" + i);
      agents.put(id, new SimulatedAgent(id, new Role(role)));
    }
    return this;
  }

  /** Restarts the scheduler from its journal. */
  void restartScheduler() {
    generation++;
    shard = newShard();
    if (!journal.isEmpty()) {
      shard.restore(spec, journal, now);
    }
    agents.values().forEach(SimulatedAgent::say);
  }

  void at(Duration after, Runnable what) {
    agenda.add(new Scheduled(T0.plus(after), sequence++, what));
  }

  private void in(Duration delay, Runnable what) {
    agenda.add(new Scheduled(now.plus(delay), sequence++, what));
  }

  SimulatedAgent agent(String id) {
    return Objects.requireNonNull(agents.get(new AgentId(id)), id);
  }

  void cutOffOneAtWork(Duration outage) {
    agents.values().stream()
        .filter(agent -> !agent.held.isEmpty() && !agent.cutOff)
        .findFirst()
        .ifPresent(agent -> agent.beCutOff(outage));
  }

  /** Runs to the end, or for {@code limit} at most. */
  public Run run(Duration limit) {
    agents.values().forEach(SimulatedAgent::connect);
    hand(new ShardInput.StartRun(spec));
    while (!finished() && !now.isAfter(T0.plus(limit))) {
      Instant due = shard.nextDeadline();
      Scheduled next = agenda.peek();
      if (next != null && (due == null || !next.at().isAfter(due))) {
        now = agenda.remove().at().isAfter(now) ? next.at() : now;
        next.what().run();
      } else if (due != null) {
        now = due.isAfter(now) ? due : now;
        hand(new ShardInput.Tick());
      } else {
        throw new AssertionError("nothing will ever happen again: " + describe());
      }
    }
    return Run.replay(spec, journal);
  }

  boolean finished() {
    Run run = shard.findRun(spec.id());
    return run != null && run.state().isFinal();
  }

  void cancel() {
    hand(new ShardInput.CancelRun(spec.id(), "asked for"));
  }

  /** A person wants something. */
  void change(RunCommand command) {
    hand(new ShardInput.ChangeRun(spec.id(), command));
  }

  void change(String task, TaskCommand command) {
    change(new RunCommand.OnTask(new TaskId(task), command));
  }

  /** What people were told that can't be done, in order. */
  List<Outcome.Refused> refusals() {
    return refusals;
  }

  /** What each assignment said of the attempts before it. */
  List<String> inputs() {
    return inputs;
  }

  RunSpec spec() {
    return spec;
  }

  Run current() {
    return Objects.requireNonNull(shard.findRun(spec.id()));
  }

  TaskLife life(String task) {
    return current().life(current().indexOf(new TaskId(task)));
  }

  Shard shard() {
    return shard;
  }

  Instant now() {
    return now;
  }

  private void hand(ShardInput input) {
    Outcome outcome = shard.handle(input, now);
    if (outcome instanceof Outcome.Refused refused) {
      refusals.add(refused);
    }
    if (outcome instanceof Outcome.Step step) {
      journal.addAll(step.events());
      step.events().forEach(this::checkFence);
      if (!step.events().isEmpty()) {
        checkPromises();
      }
      step.effects().forEach(this::perform);
    }
  }

  private void perform(Effect effect) {
    if (effect instanceof Effect.Tell(SessionId _, GatewaySays.ResultAck ack)) {
      verdicts.add(ack.verdict());
    }
    switch (effect) {
      case Effect.Tell tell ->
          agents.values().stream()
              .filter(agent -> agent.session.equals(tell.session()))
              .forEach(agent -> delivered(() -> agent.hear(tell.message())));
      case Effect.CloseSession _ -> {}
    }
  }

  /** A message on its way: at once, or with the accidents of a hostile network. */
  private void delivered(Runnable message) {
    if (hostility == 0) {
      in(Duration.ZERO, message);
      return;
    }
    double fate = chance.nextDouble();
    if (fate < hostility / 3) {
      return;
    }
    in(Duration.ofMillis(chance.nextInt(fate < hostility ? 3000 : 20)), message);
    if (fate > hostility / 3 && fate < hostility / 2) {
      in(Duration.ofMillis(chance.nextInt(5000)), message);
    }
  }

  /** Fences grow, and only the newest attempt of a task ever changes anything. */
  private void checkFence(RunEvent event) {
    if (!(event.change() instanceof RunEvent.TaskChanged changed)) {
      return;
    }
    String task = changed.task().value();
    if (changed.event() instanceof TaskEvent.Leased leased) {
      assertThat(leased.fence()).as("fences grow").isGreaterThan(highestFence);
      highestFence = leased.fence();
      newestFence.put(task, leased.fence());
    }
    long fence = fenceOf(changed.event());
    if (fence != 0) {
      assertThat(fence).as("fence of " + event).isEqualTo(newestFence.get(task));
    }
  }

  private static long fenceOf(TaskEvent event) {
    return switch (event) {
      case TaskEvent.Leased e -> e.fence();
      case TaskEvent.Returned e -> e.fence();
      case TaskEvent.Started e -> e.fence();
      case TaskEvent.MilestoneReached e -> e.fence();
      case TaskEvent.Reported e -> e.fence();
      case TaskEvent.AttemptFailed e -> e.fence();
      case TaskEvent.Queued e -> e.fence();
      case TaskEvent.Done e -> e.fence();
      case TaskEvent.Failed e -> e.fence();
      case TaskEvent.CancelRequested e -> e.fence();
      case TaskEvent.BlockerRaised e -> e.fence();
      case TaskEvent.Checkpointed e -> e.fence();
      case TaskEvent.Used e -> e.fence();
      case TaskEvent.FilesGranted e -> e.fence();
      case TaskEvent.Ready _,
          TaskEvent.Held _,
          TaskEvent.BlockerAnswered _,
          TaskEvent.Approved _,
          TaskEvent.Reopened _,
          TaskEvent.Cancelled _,
          TaskEvent.Skipped _ ->
          0;
    };
  }

  private void checkPromises() {
    Run run = Objects.requireNonNull(shard.findRun(spec.id()));
    checkResources(run);
    for (int i = 0; i < run.size(); i++) {
      assertThat(run.openNeeds(i))
          .as("open needs of " + run.task(i).id())
          .isEqualTo(recount(run, i));
      boolean blocked = run.openNeeds(i) > 0;
      boolean beyond =
          run.life(i).state().liveFence() != 0 || run.life(i).state() instanceof TaskState.Done;
      assertThat(blocked && beyond).as(run.task(i).id() + " before its needs").isFalse();
      for (int j = 0; j < i; j++) {
        checkLocks(run, i, j);
      }
    }
  }

  /** How many needs and earlier phases keep a task from being ready, counted from the states. */
  private static int recount(Run run, int task) {
    int open = 0;
    for (Need need : run.task(task).needs()) {
      TaskLife needed = run.life(run.indexOf(need.task()));
      boolean reached =
          need.milestone() != null && needed.milestones().containsKey(need.milestone());
      open += needed.state().isSatisfied() || reached ? 0 : 1;
    }
    for (int p = 0; p < run.spec().plan().phases().size(); p++) {
      Phase phase = run.spec().plan().phases().get(p);
      if (phase.id().equals(run.task(task).placement().phase())) {
        return open;
      }
      open += isClosed(run, p, phase) ? 1 : 0;
    }
    return run.task(task).placement().phase() == null ? open - closedPhases(run) : open;
  }

  private static int closedPhases(Run run) {
    int closed = 0;
    for (int p = 0; p < run.spec().plan().phases().size(); p++) {
      closed += isClosed(run, p, run.spec().plan().phases().get(p)) ? 1 : 0;
    }
    return closed;
  }

  private static boolean isClosed(Run run, int number, Phase phase) {
    boolean opens = phase.barrier() || !phase.checkpoint().isEmpty();
    boolean unfinished = false;
    for (int i = 0; i < run.size(); i++) {
      boolean member = phase.id().equals(run.task(i).placement().phase());
      unfinished |= member && !run.life(i).state().isSatisfied();
    }
    return opens && (unfinished || !run.checkpoints().missing(number).isEmpty());
  }

  private static void checkResources(Run run) {
    Map<String, Integer> used = new LinkedHashMap<>();
    for (int i = 0; i < run.size(); i++) {
      if (run.life(i).state().liveFence() != 0) {
        run.task(i).uses().forEach((name, units) -> used.merge(name, units, Integer::sum));
      }
    }
    used.forEach((name, units) ->
        assertThat(units)
            .as("units of " + name)
            .isLessThanOrEqualTo(run.spec().plan().resources().get(name)));
  }

  private static void checkLocks(Run run, int one, int other) {
    boolean bothLive =
        run.life(one).state().liveFence() != 0 && run.life(other).state().liveFence() != 0;
    if (!bothLive) {
      return;
    }
    Task first = run.task(one);
    Task second = run.task(other);
    boolean informed =
        first.waitsForMilestoneOf(second.id()) || second.waitsForMilestoneOf(first.id());
    Plan plan = run.spec().plan();
    for (FileAccess a : plan.locksOf(first)) {
      for (FileAccess b : plan.locksOf(second)) {
        boolean bothWrite = a.mode() == FileMode.WRITE && b.mode() == FileMode.WRITE;
        assertThat(a.conflictsWith(b) && (bothWrite || !informed))
            .as(first.id() + " and " + second.id() + " at " + a.path())
            .isFalse();
      }
    }
  }

  String describe() {
    Run run = shard.findRun(spec.id());
    return run == null ? "no run" : run.view().tasks().toString();
  }

  /** Accepted completions by task, from the journal. */
  Map<String, Integer> completions() {
    Map<String, Integer> completions = new LinkedHashMap<>();
    for (RunEvent event : journal) {
      if (event.change() instanceof RunEvent.TaskChanged changed
          && changed.event() instanceof TaskEvent.Done) {
        completions.merge(changed.task().value(), 1, Integer::sum);
      }
    }
    return completions;
  }

  /** What results were answered, in order. */
  List<GatewaySays.Verdict> verdicts() {
    return verdicts;
  }

  List<RunEvent> journal() {
    return journal;
  }

  /** From the first start to the last finish, in plan time. */
  public static Duration makespanOf(Run run) {
    assertThat(run.state()).as(run.reason()).isEqualTo(RunState.DONE);
    Duration real = Duration.between(run.view().startedAt(), run.view().finishedAt());
    return Duration.ofNanos(Math.round(real.toNanos() * run.spec().speed()));
  }

  /**
   * An agent with one slot that does what it is told, keeps results until they are acknowledged.
   */
  final class SimulatedAgent {

    private final AgentId id;
    private final Role role;
    private SessionId session;
    private int sessions;
    private boolean alive;
    private boolean cutOff;
    private final Map<TaskRef, GatewaySays.Assign> held = new LinkedHashMap<>();
    private final Map<TaskRef, AgentSays.Result> unacknowledged = new LinkedHashMap<>();
    private int life;
    private double slowness = 1;

    SimulatedAgent(AgentId id, Role role) {
      this.id = id;
      this.role = role;
      this.session = new SessionId(id + ".0");
    }

    /** Takes so many times as long as planned. */
    void slowDown(double factor) {
      slowness = factor;
    }

    void connect() {
      alive = true;
      session = new SessionId(id + "." + ++sessions);
      say();
      int mine = ++life;
      in(Duration.ofSeconds(5), () -> report(mine));
    }

    /** Dies without a word and forgets everything; comes back later as a new process. */
    void die() {
      dieForGood();
      in(AGENT_IS_GONE, this::connect);
    }

    /** Works on, unheard and hearing nothing, and opens its next stream after {@code outage}. */
    void beCutOff(Duration outage) {
      cutOff = true;
      in(
          outage,
          () -> {
            cutOff = false;
            say();
          });
    }

    void dieForGood() {
      alive = false;
      held.clear();
      unacknowledged.clear();
    }

    void say() {
      if (!alive || cutOff) {
        return;
      }
      hand(
          new ShardInput.SessionOpened(
              new AgentSays.Hello(
                  session,
                  id,
                  AgentSays.PROTOCOL_VERSION,
                  List.of(role),
                  Map.of(),
                  1,
                  List.copyOf(held.keySet()),
                  List.copyOf(unacknowledged.keySet()),
                  "test")));
    }

    private void report(int mine) {
      if (mine != life || !alive) {
        return;
      }
      List<TaskRef> all = new ArrayList<>(held.keySet());
      all.addAll(unacknowledged.keySet());
      send(new AgentSays.Status(all, held.isEmpty() ? 1 : 0));
      unacknowledged.values().forEach(this::send);
      in(Duration.ofSeconds(5), () -> report(mine));
    }

    /** The stream keeps order, so a message is lost with all the others or comes in turn. */
    private void send(AgentSays message) {
      SessionId from = session;
      if (cutOff || (hostility > 0 && chance.nextDouble() < hostility / 3)) {
        return;
      }
      hand(new ShardInput.AgentSaid(from, message));
      if (hostility > 0 && chance.nextDouble() < hostility / 3) {
        hand(new ShardInput.AgentSaid(from, message));
      }
    }

    private void hear(GatewaySays message) {
      if (!alive || cutOff) {
        return;
      }
      switch (message) {
        case GatewaySays.Assign m -> begin(m);
        case GatewaySays.LeaseLost m -> held.remove(m.task());
        case GatewaySays.Retract m -> held.remove(m.task());
        case GatewaySays.Cancel m -> {
          held.remove(m.task());
          send(new AgentSays.Cancelled(m.task(), "TERM"));
        }
        case GatewaySays.ResultAck m -> unacknowledged.remove(m.task());
        case GatewaySays.Welcome m -> {
          m.held().stream().filter(d -> !d.continues()).forEach(d -> held.remove(d.task()));
          List.copyOf(unacknowledged.values()).forEach(this::send);
        }
        case GatewaySays.LeaseRenewed _,
            GatewaySays.Answer _,
            GatewaySays.Warning _,
            GatewaySays.Pause _,
            GatewaySays.Resume _,
            GatewaySays.GoAway _,
            GatewaySays.Nack _ -> {}
      }
    }

    private static double passing(Gate.Metric metric) {
      Double min = metric.min();
      Double max = metric.max();
      return min != null ? min : max != null ? max : 0;
    }

    private void begin(GatewaySays.Assign m) {
      inputs.add(m.task().task() + ": " + m.spec().previousFailure());
      held.put(m.task(), m);
      send(new AgentSays.Accept(m.task()));
      for (Milestone milestone : m.spec().milestones()) {
        in(
            m.spec().realTime(milestone.after()),
            () -> {
              if (held.containsKey(m.task())) {
                send(new AgentSays.MilestoneReached(m.task(), milestone.id()));
              }
            });
      }
      long nanos = m.spec().realTime(m.spec().duration()).toNanos();
      in(Duration.ofNanos(Math.round(nanos * slowness)), () -> finish(m));
    }

    private void finish(GatewaySays.Assign m) {
      if (alive && held.remove(m.task()) != null) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        m.spec().metrics().forEach(metric -> metrics.put(metric.name(), passing(metric)));
        List<AgentSays.GateReport> gates = new ArrayList<>();
        m.spec().gates().forEach(gate -> gates.add(new AgentSays.GateReport(gate, true, "")));
        AgentSays.Result result =
            new AgentSays.Result(
                m.task(),
                "r" + m.task().fence(),
                AgentSays.Outcome.OK,
                "",
                metrics,
                gates,
                List.of());
        unacknowledged.put(m.task(), result);
        send(result);
      }
    }
  }
}
