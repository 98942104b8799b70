package dev.makespan.core.dispatch;

import dev.makespan.core.plan.Role;
import dev.makespan.core.run.Run;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentIdentity;
import dev.makespan.core.session.AgentMove;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.AgentSession;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySession;
import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.session.SessionLimits;
import dev.makespan.core.session.SessionMove;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A shard, gateways and agents with the sessions of both ends between them, in one thread under
 * virtual time: each message takes its time, each stream keeps its order, two streams keep none.
 */
final class StreamsRehearsal {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Duration START = Duration.ofSeconds(2);
  private static final long TICK_MILLIS = 250;

  private final SplittableRandom chance;
  private final SessionClocks clocks;
  private final RunSpec spec;
  private final Shard shard;
  private final List<RunEvent> journal = new ArrayList<>();
  private final List<GatewayModel> gateways = new ArrayList<>();
  private final List<AgentModel> agents = new ArrayList<>();
  private final Map<SessionId, GatewayModel> holders = new LinkedHashMap<>();
  private final PriorityQueue<Scheduled> agenda = new PriorityQueue<>();
  private Instant now = T0;
  private long sequence;
  private int streams;
  private int moves;

  private record Scheduled(Instant at, long sequence, Runnable what)
      implements Comparable<Scheduled> {
    @Override
    public int compareTo(Scheduled other) {
      int byTime = at.compareTo(other.at);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  StreamsRehearsal(RunSpec spec, SessionClocks clocks, int gateways, int agents, long seed) {
    this.chance = new SplittableRandom(seed);
    this.spec = spec;
    this.clocks = clocks;
    this.shard = new Shard(1, ShardSettings.DEFAULT, chance.split());
    for (int i = 0; i < gateways; i++) {
      this.gateways.add(new GatewayModel());
    }
    for (int i = 0; i < agents; i++) {
      this.agents.add(new AgentModel(i));
    }
  }

  private void in(Duration delay, Runnable what) {
    agenda.add(new Scheduled(now.plus(delay), sequence++, what));
  }

  void restartEach(Duration pause) {
    for (int i = 0; i < gateways.size(); i++) {
      GatewayModel gateway = gateways.get(i);
      in(pause.multipliedBy(i + 1L), gateway::stop);
    }
  }

  /** Streams that were opened, and moves from one to the next that were asked for. */
  int streams() {
    return streams;
  }

  int moves() {
    return moves;
  }

  Run run(Duration limit) {
    agents.forEach(AgentModel::connect);
    in(Duration.ofSeconds(1), () -> hand(new ShardInput.StartRun(spec)));
    in(Duration.ZERO, this::tick);
    while (!finished() && now.isBefore(T0.plus(limit))) {
      Scheduled next = agenda.remove();
      now = next.at();
      next.what().run();
    }
    return Run.replay(spec, journal);
  }

  private boolean finished() {
    Run run = shard.findRun(spec.id());
    return run != null && run.state().isFinal();
  }

  private void tick() {
    hand(new ShardInput.Tick());
    agents.forEach(AgentModel::tick);
    gateways.forEach(GatewayModel::tick);
    in(Duration.ofMillis(TICK_MILLIS), this::tick);
  }

  private void hand(ShardInput input) {
    if (!(shard.handle(input, now) instanceof Outcome.Step step)) {
      throw new AssertionError("refused: " + input);
    }
    journal.addAll(step.events());
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Tell(SessionId session, GatewaySays message) -> {
          GatewayModel holder = holders.get(session);
          if (holder != null) {
            holder.fromScheduler.send(() -> holder.tell(session, message));
          }
        }
        case Effect.CloseSession close -> closeAt(holders.remove(close.session()), close.session());
      }
    }
  }

  private void closeAt(@Nullable GatewayModel gateway, SessionId session) {
    if (gateway != null) {
      gateway.fromScheduler.send(() -> gateway.close(session));
    }
  }

  /** What keeps its order and takes up to 40 ms for a message. */
  private final class Pipe {
    private Instant last = T0;

    void send(Runnable message) {
      Instant at = now.plusMillis(1 + chance.nextInt(40));
      last = at.isAfter(last) ? at : last;
      agenda.add(new Scheduled(last, sequence++, message));
    }
  }

  /** As the gateway's {@code Sessions} and the scheduler's desk for its link. */
  private final class GatewayModel {
    private final Pipe fromScheduler = new Pipe();
    private final Pipe toScheduler = new Pipe();
    private final List<StreamModel> open = new ArrayList<>();
    private final Map<SessionId, StreamModel> serving = new LinkedHashMap<>();
    private final Map<SessionId, StreamModel> greeted = new LinkedHashMap<>();
    private boolean up = true;
    private boolean closing;

    void stop() {
      closing = true;
      List.copyOf(open).forEach(s -> s.perform(s.rules.goAway("this gateway stops", now)));
      in(DRAIN, this::end);
    }

    private void end() {
      List.copyOf(open)
          .forEach(s -> s.perform(s.rules.close(SessionMove.Ending.UNAVAILABLE, "stops")));
      up = false;
      in(
          START,
          () -> {
            up = true;
            closing = false;
          });
    }

    void tick() {
      for (StreamModel stream : List.copyOf(open)) {
        stream.perform(stream.rules.tick(now));
        stream.perform(stream.rules.renew(now));
      }
    }

    void tell(SessionId id, GatewaySays message) {
      StreamModel next = message instanceof GatewaySays.Welcome ? greeted.remove(id) : null;
      if (next != null) {
        StreamModel before = serving.put(id, next);
        if (before != null) {
          before.supersede();
        }
      }
      StreamModel stream = serving.get(id);
      if (stream != null) {
        stream.perform(stream.rules.schedulerSaid(message, now));
      }
    }

    void close(SessionId id) {
      StreamModel stream = serving.getOrDefault(id, greeted.get(id));
      if (stream != null) {
        stream.perform(stream.rules.close(SessionMove.Ending.REPLACED, "elsewhere"));
      }
    }

    void announce(StreamModel stream, AgentSays.Hello hello) {
      StreamModel next = greeted.put(hello.session(), stream);
      if (next != null) {
        next.supersede();
      }
      toScheduler.send(() -> {
        GatewayModel before = holders.put(hello.session(), this);
        if (before != null && before != this) {
          closeAt(before, hello.session());
        }
        hand(new ShardInput.SessionOpened(hello));
      });
    }

    void forward(SessionId session, AgentSays message) {
      toScheduler.send(() -> {
        if (holders.get(session) == this) {
          hand(new ShardInput.AgentSaid(session, message));
        } else if (message instanceof AgentSays.Result result) {
          hand(new ShardInput.ResultReported(session, result));
        } else {
          closeAt(this, session);
        }
      });
    }

    void ended(StreamModel stream, SessionId id) {
      open.remove(stream);
      boolean wasNext = greeted.remove(id, stream);
      boolean served = serving.remove(id, stream);
      boolean another = wasNext ? serving.containsKey(id) : greeted.containsKey(id);
      if ((wasNext || served) && !another) {
        toScheduler.send(() -> {
          if (holders.remove(id, this)) {
            hand(new ShardInput.SessionClosed(id, "ended"));
          }
        });
      }
    }
  }

  private final class StreamModel {
    private final AgentModel agent;
    private final GatewayModel gateway;
    private final GatewaySession rules;
    private final Pipe toAgent = new Pipe();
    private final Pipe toGateway = new Pipe();
    private boolean superseded;
    private boolean ended;

    StreamModel(AgentModel agent, GatewayModel gateway) {
      this.agent = agent;
      this.gateway = gateway;
      this.rules = new GatewaySession(clocks, SessionLimits.DEFAULT, chance.nextDouble(), now);
      gateway.open.add(this);
      streams++;
    }

    void say(AgentSays message) {
      toGateway.send(() -> {
        if (!ended) {
          perform(rules.agentSaid(message, now));
        }
      });
    }

    /** The agent has left it. */
    void leave() {
      toGateway.send(() -> end(null));
    }

    void supersede() {
      superseded = true;
      perform(rules.close(SessionMove.Ending.REPLACED, "a newer stream"));
    }

    void perform(List<SessionMove> answers) {
      for (SessionMove move : answers) {
        switch (move) {
          case SessionMove.Announce(AgentSays.Hello hello) -> gateway.announce(this, hello);
          case SessionMove.Forward(AgentSays message) -> {
            if (!superseded) {
              gateway.forward(agent.session(), message);
            }
          }
          case SessionMove.Tell(GatewaySays message) ->
              toAgent.send(() -> agent.heard(this, message));
          case SessionMove.Close close -> end(close);
        }
      }
    }

    private void end(SessionMove.@Nullable Close close) {
      if (!ended) {
        ended = true;
        rules.ended();
        gateway.ended(this, agent.session());
        toAgent.send(() -> agent.ended(this, close));
      }
    }
  }

  /** As the agent's {@code Agent}, with a runner that takes each task's duration. */
  private final class AgentModel {
    private final AgentIdentity identity;
    private final AgentSession rules;
    private final Map<TaskRef, Boolean> working = new LinkedHashMap<>();
    private @Nullable StreamModel stream;
    private @Nullable StreamModel older;
    private int turn;
    private int tries;
    private int failures;

    AgentModel(int number) {
      turn = number;
      identity =
          new AgentIdentity(
              new SessionId("session-" + number),
              new AgentId("agent-" + number),
              1,
              List.of(new Role("dev")),
              Map.of(),
              2,
              "test");
      rules = new AgentSession(identity, AgentClocks.DEFAULT, now);
    }

    SessionId session() {
      return identity.session();
    }

    void connect() {
      GatewayModel gateway = gateways.get(turn++ % gateways.size());
      leaveOlder();
      if (!gateway.up || gateway.closing) {
        if (stream != null) {
          older = stream;
          stream = null;
        }
        rules.disconnected(now);
        leaveOlder();
        again();
        return;
      }
      older = stream;
      stream = new StreamModel(this, gateway);
      perform(rules.connected(now));
    }

    private void leaveOlder() {
      if (older != null) {
        older.leave();
        older = null;
      }
    }

    private void again() {
      failures++;
      connectIn(ReconnectBackoff.pause(failures, chance.nextDouble()));
    }

    private void connectIn(Duration pause) {
      int mine = ++tries;
      in(
          pause,
          () -> {
            if (mine == tries) {
              connect();
            }
          });
    }

    void heard(StreamModel from, GatewaySays message) {
      if (from != stream) {
        return;
      }
      perform(rules.gatewaySaid(message, now));
      if (message instanceof GatewaySays.Welcome) {
        failures = 0;
        leaveOlder();
      }
    }

    void ended(StreamModel which, SessionMove.@Nullable Close close) {
      if (which != stream) {
        return;
      }
      if (close != null && close.ending() == SessionMove.Ending.REPLACED) {
        throw new AssertionError("the newest stream of " + identity.agent() + " was replaced");
      }
      stream = null;
      rules.disconnected(now);
      leaveOlder();
      again();
    }

    void tick() {
      perform(rules.tick(now));
    }

    private void perform(List<AgentMove> answers) {
      for (AgentMove move : answers) {
        switch (move) {
          case AgentMove.Say say -> {
            if (stream != null) {
              stream.say(say.message());
            }
          }
          case AgentMove.Start start -> {
            working.put(start.task(), true);
            in(Duration.ofMillis(5), () -> perform(rules.started(start.task())));
            in(start.spec().duration(), () -> finish(start.task()));
          }
          case AgentMove.Warn warn -> {}
          case AgentMove.Stop stop -> {
            working.remove(stop.task());
            perform(rules.stopped(stop.task(), "TERM"));
          }
          case AgentMove.Report report ->
              in(
                  Duration.ofMillis(chance.nextInt(40)),
                  () -> hand(new ShardInput.ResultReported(session(), report.result())));
          case AgentMove.MoveOn moveOn -> {
            moves++;
            connectIn(ReconnectBackoff.pause(1, chance.nextDouble()));
          }
          case AgentMove.Answered answered -> {}
          case AgentMove.HangUp hangUp -> throw new AssertionError(hangUp.reason());
        }
      }
    }

    private void finish(TaskRef task) {
      if (working.remove(task) != null) {
        perform(
            rules.finished(
                new AgentSays.Result(
                    task,
                    "r-" + task.fence(),
                    AgentSays.Outcome.OK,
                    "",
                    Map.of(),
                    List.of(),
                    List.of()),
                now));
      }
    }
  }

  String describe() {
    return Objects.requireNonNull(shard.findRun(spec.id())).view().tasks().toString();
  }
}
