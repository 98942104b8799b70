package dev.makespan.scheduler;

import dev.makespan.core.dispatch.Effect;
import dev.makespan.core.dispatch.Outcome;
import dev.makespan.core.dispatch.Shard;
import dev.makespan.core.dispatch.ShardInput;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.run.RunState;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.scheduler.Journal.Claim;
import dev.makespan.scheduler.Journal.Requested;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Figures of one shard over a real, durable PostgreSQL, for people: run it by hand, see
 * docs/measuring.md. Each is the least, the middle and the most of several.
 */
final class Measure {

  private static final Duration HEARTBEAT = Duration.ofMillis(250);
  private static final Duration EXPIRY = Duration.ofSeconds(1);
  private static final String HASH = "00".repeat(32);

  private Measure() {}

  public static void main(String[] arguments) throws Exception {
    List<String> wanted = List.of(arguments);
    if (wanted.isEmpty() || wanted.contains("events")) {
      events(20_000, 64);
    }
    if (wanted.isEmpty() || wanted.contains("groups")) {
      groups();
    }
    if (wanted.isEmpty() || wanted.contains("takeover")) {
      takeOver("no live run", 0, 0);
      takeOver("1,000 live runs of 20 tasks, half done", 1_000, 20);
      takeOver("1 live run of 100,000 tasks, half done", 1, 100_000);
    }
    System.exit(0);
  }

  /** The whole loop: assignments, results, decisions, commits. */
  private static void events(int tasks, int slots) throws SQLException {
    long[] perSecond = new long[5];
    for (int i = 0; i < perSecond.length; i++) {
      try (TestDatabase database = new TestDatabase();
          Replica replica = new Replica("measured", database.journal())) {
        replica.awaitOwnership();
        RunId run = replica.start("r", TestPlans.wide("wide", tasks));
        long begin = System.nanoTime();
        for (int agent = 0; agent < 4; agent++) {
          replica.new Agents("agent-" + agent, Integer.MAX_VALUE).open("wide", slots, List.of());
        }
        while (!isDone(replica, run)) {
          LockSupport.parkNanos(5_000_000);
        }
        long took = System.nanoTime() - begin;
        long events = database.number("SELECT count(*) FROM scheduler.event");
        perSecond[i] = events * 1_000_000_000L / took;
        System.out.printf(
            "  %d events in %d groups, %.1f ms each%n",
            events,
            replica.meters.timer("makespan.journal.commits").count(),
            replica.meters.timer("makespan.journal.commits").mean(TimeUnit.MICROSECONDS) / 1000);
      }
    }
    print("durable events/s, one shard, " + 4 * slots + " slots", perSecond);
  }

  private static boolean isDone(Replica replica, RunId run) {
    return replica.runs.runs(Long.MAX_VALUE, "", 1) instanceof RunList.Page page
        && page.runs().getFirst().id().equals(run)
        && page.runs().getFirst().state() == RunState.DONE;
  }

  /** The statement alone, by size of the group. */
  private static void groups() throws SQLException {
    for (int size : new int[] {1, 10, 100, 500, 2_000}) {
      try (TestDatabase database = new TestDatabase()) {
        Journal journal = database.journal();
        journal.prepare();
        Ownership owner = claim(journal);
        RunSpec spec = spec(journal, "group", 1);
        NewRun run = new NewRun(spec, TestPlans.encoded(spec.plan()), 1, "group", HASH);
        long position = 1;
        long[] micros = new long[60];
        for (int i = 0; i < micros.length; i++) {
          List<RunEvent> events = new ArrayList<>();
          for (int e = 0; e < size; e++) {
            events.add(leased(spec.id(), position++));
          }
          Group group = new Group(i + 1, i == 0 ? List.of(run) : List.of(), events, List.of());
          long begin = System.nanoTime();
          journal.write(owner, group);
          micros[i] = (System.nanoTime() - begin) / 1_000;
        }
        print(
            "microseconds to commit a group of " + size + " events",
            Arrays.copyOfRange(micros, 10, micros.length));
      }
    }
  }

  private static Ownership claim(Journal journal) {
    if (journal.claim(new Member("measure", ""), Set.of()) instanceof Claim.Claimed claimed) {
      return claimed.ownership();
    }
    throw new AssertionError("the shard is occupied");
  }

  private static RunEvent leased(RunId run, long position) {
    TaskEvent event = new TaskEvent.Leased(new AgentId("agent-" + position % 100), position, 1);
    TaskId task = new TaskId("t" + position);
    return new RunEvent(run, position, Instant.now(), new RunEvent.TaskChanged(task, event));
  }

  private static void takeOver(String what, int runs, int tasks) throws Exception {
    long[] owning = new long[5];
    long[] first = new long[owning.length];
    long[] restored = new long[owning.length];
    for (int i = 0; i < owning.length; i++) {
      try (TestDatabase database = new TestDatabase()) {
        FaultyJournal mortal = new FaultyJournal(database.journal(1, EXPIRY), 1, 0);
        try (Replica dying = new Replica("dying", mortal, HEARTBEAT, EXPIRY)) {
          dying.awaitOwnership();
          fill(database.journal(), ownership(dying), runs, tasks);
          RunId last = dying.start("last", TestPlans.wide("wide", 10));
          database.execute("ANALYZE");
          try (Replica next = new Replica("next", database.journal(1, EXPIRY), HEARTBEAT, EXPIRY)) {
            Eventually.holds(() -> next.owner.standing() instanceof Standing.StandingBy);
            mortal.cutOff(true);
            long begin = System.nanoTime();
            await(() -> next.owner.standing() instanceof Standing.Owning);
            owning[i] = millisSince(begin);
            next.new Agents("agent", Integer.MAX_VALUE).open("wide", 1, List.of());
            await(() -> leases(database, last) > 0);
            first[i] = millisSince(begin);
            restored[i] =
                (long) next.meters.timer("makespan.shard.takeovers").max(TimeUnit.MILLISECONDS);
          }
        }
      }
    }
    print("ms to restore, " + what, restored);
    print("ms from the last heartbeat or later until the successor serves, " + what, owning);
    print("ms until its first durable assignment, " + what, first);
  }

  private static Ownership ownership(Replica replica) {
    return ((Standing.Owning) replica.owner.standing()).shards().getFirst();
  }

  private static long leases(TestDatabase database, RunId run) {
    return database.number(
        "SELECT count(*) FROM scheduler.event WHERE run_id = "
            + run
            + " AND kind = "
            + dev.makespan.proto.run.v1.RunEvent.TASK_LEASED_FIELD_NUMBER);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** Half of the tasks of each run are done, as the rules would have it. */
  private static void fill(Journal journal, Ownership owner, int runs, int tasks) {
    for (int r = 0; r < runs; r++) {
      RunSpec spec = spec(journal, "filled-" + r, tasks);
      List<RunEvent> events = halfDone(spec);
      NewRun run = new NewRun(spec, TestPlans.encoded(spec.plan()), 1, "filled-" + r, HASH);
      for (int from = 0; from < events.size(); from += 5_000) {
        List<RunEvent> some = events.subList(from, Math.min(from + 5_000, events.size()));
        journal.write(owner, new Group(1, from == 0 ? List.of(run) : List.of(), some, List.of()));
      }
    }
  }

  private static List<RunEvent> halfDone(RunSpec spec) {
    Shard shard = new Shard(1, Replica.SETTINGS, new Random(1));
    SessionId session = new SessionId("filler");
    Deque<ShardInput> inputs = new ArrayDeque<>();
    inputs.add(new ShardInput.StartRun(spec));
    inputs.add(new ShardInput.SessionOpened(hello(session)));
    List<RunEvent> events = new ArrayList<>();
    int half = spec.plan().tasks().size() / 2;
    for (int done = 0; done < half && !inputs.isEmpty(); ) {
      Outcome.Step step = (Outcome.Step) shard.handle(inputs.remove(), spec.createdAt());
      events.addAll(step.events());
      done += (int) step.events().stream().filter(Measure::isDone).count();
      for (Effect effect : step.effects()) {
        if (effect instanceof Effect.Tell tell && tell.message() instanceof GatewaySays.Assign a) {
          inputs.add(new ShardInput.AgentSaid(session, new AgentSays.Accept(a.task())));
          inputs.add(new ShardInput.AgentSaid(session, result(a)));
        }
      }
    }
    return events;
  }

  private static boolean isDone(RunEvent event) {
    return event.change() instanceof RunEvent.TaskChanged changed
        && changed.event() instanceof TaskEvent.Done;
  }

  private static AgentSays.Hello hello(SessionId session) {
    return new AgentSays.Hello(
        session,
        new AgentId("filler"),
        AgentSays.PROTOCOL_VERSION,
        List.of(new Role("filled")),
        Map.of(),
        16,
        List.of(),
        List.of(),
        "test");
  }

  private static AgentSays.Result result(GatewaySays.Assign a) {
    return new AgentSays.Result(
        a.task(), "r" + a.task().fence(), AgentSays.Outcome.OK, "", Map.of(), List.of(), List.of());
  }

  private static RunSpec spec(Journal journal, String request, int tasks) {
    if (journal.requested(request, HASH, 1) instanceof Requested.Reserved reserved) {
      Plan plan = TestPlans.wide(request, "filled", Math.max(1, tasks));
      return new RunSpec(reserved.run(), plan, 1, Map.of(), true, 1, Instant.now());
    }
    throw new AssertionError("the request is known");
  }

  private static void print(String what, long[] figures) {
    Arrays.sort(figures);
    System.out.printf(
        "%s: min %d, median %d, max %d (n=%d)%n",
        what, figures[0], figures[figures.length / 2], figures[figures.length - 1], figures.length);
  }
}
