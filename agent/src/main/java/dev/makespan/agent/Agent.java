package dev.makespan.agent;

import dev.makespan.core.session.AgentClocks;
import dev.makespan.core.session.AgentIdentity;
import dev.makespan.core.session.AgentMove;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.AgentSession;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.ReconnectBackoff;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An agent at work: performs what its {@link AgentSession} answers. One thread owns it; the stream
 * and the runner hand over to it.
 */
public final class Agent implements AutoCloseable {

  /** How an agent ended. */
  public enum End {
    /** It was asked to leave. */
    LEFT,
    /** The gateway does not take it, and trying again is of no use. */
    REJECTED,
    /** A newer session of the same agent is at work. */
    REPLACED
  }

  private final AgentSession session;
  private final Gateway gateway;
  private final Runner runner;
  private final InstantSource time;
  private final DoubleSupplier chance;
  private final Consumer<String> log;
  private final AgentIdentity identity;
  private final ScheduledThreadPoolExecutor loop;
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> idle = new CompletableFuture<>();
  private final Map<TaskRef, Runner.Work> works = new HashMap<>();
  private final Questions questions = new Questions();

  private Gateway.@Nullable Stream stream;
  private Gateway.@Nullable Stream older;
  private @Nullable ScheduledFuture<?> alarm;
  private @Nullable ScheduledFuture<?> nextTry;
  private int asked;
  private int connection;
  private int failures;
  private boolean leaving;

  Agent(
      AgentIdentity identity,
      AgentClocks clocks,
      Gateway gateway,
      Runner runner,
      InstantSource time,
      DoubleSupplier chance,
      Consumer<String> log) {
    this.identity = identity;
    this.gateway = gateway;
    this.runner = runner;
    this.time = time;
    this.chance = chance;
    this.log = log;
    this.session = new AgentSession(identity, clocks, time.instant());
    this.loop = new ScheduledThreadPoolExecutor(1, Agent::thread);
    loop.setRemoveOnCancelPolicy(true);
    loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "agent");
    thread.setDaemon(true);
    return thread;
  }

  /** Connects, and stays so. */
  public void start() {
    loop.execute(this::connect);
  }

  /** Completes when the agent has ended. */
  public CompletableFuture<End> end() {
    return end.copy();
  }

  /** Takes no new work, finishes within {@code patience} or gives back, and leaves. Blocks. */
  public void leave(Duration patience) {
    loop.execute(() -> {
      leaving = true;
      perform(session.drain("leaving"));
      lookWhetherIdle();
    });
    idle.completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS).join();
    loop.execute(() -> {
      perform(session.giveBack("leaving"));
      if (stream != null) {
        stream.leave();
      }
      end.complete(End.LEFT);
    });
    end.join();
  }

  /** Ends at once; what is running is stopped. */
  @Override
  public void close() {
    end.complete(End.LEFT);
    loop.shutdown();
    runner.close();
    gateway.close();
  }

  private void connect() {
    if (end.isDone()) {
      return;
    }
    connection++;
    leaveOlder();
    older = stream;
    stream = gateway.connect(new FromGateway(connection));
    perform(session.connected(time.instant()));
  }

  /** There is a stream in its place, or none any more. */
  private void leaveOlder() {
    if (older != null) {
      older.leave();
      older = null;
    }
  }

  private void said(GatewaySays message) {
    boolean before = session.isOpen();
    String refusal = message instanceof GatewaySays.Assign a ? runner.refusal(a.spec()) : "";
    if (message instanceof GatewaySays.Assign assign && !refusal.isEmpty()) {
      perform(List.of(new AgentMove.Say(new AgentSays.Refuse(assign.task(), refusal))));
      return;
    }
    perform(session.gatewaySaid(message, time.instant()));
    if (!before && session.isOpen()) {
      failures = 0;
      leaveOlder();
      log.accept("at work as " + identity.agent() + " with " + identity.slots() + " slots");
    }
    if (message instanceof GatewaySays.Nack nack) {
      log.accept("the gateway did not take a message: " + nack.reason());
    }
    lookWhetherIdle();
  }

  private void ended(StreamEnd why) {
    boolean wasOpen = session.isOpen();
    stream = null;
    leaveOlder();
    session.disconnected(time.instant());
    switch (why) {
      case StreamEnd.Replaced replaced -> giveUp(End.REPLACED, replaced.reason());
      case StreamEnd.NoGateway none -> giveUp(End.REJECTED, none.reason());
      case StreamEnd.Rejected rejected when !wasOpen -> giveUp(End.REJECTED, rejected.reason());
      case StreamEnd.Rejected rejected -> comeBack(rejected.reason());
      case StreamEnd.Lost lost -> comeBack(lost.reason());
    }
    arm();
  }

  private void giveUp(End how, String reason) {
    log.accept(reason);
    works.values().forEach(work -> work.stop(Duration.ZERO));
    end.complete(how);
    idle.complete(false);
  }

  private void comeBack(String reason) {
    if (end.isDone()) {
      return;
    }
    failures++;
    Duration pause = ReconnectBackoff.pause(failures, chance.getAsDouble());
    log.accept("no stream (" + reason + "); trying again in " + pause.toMillis() + " ms");
    connectIn(pause);
  }

  /** The next stream is opened first; this one is left when that is welcomed. */
  private void moveOn(String reason) {
    Duration pause = ReconnectBackoff.pause(1, chance.getAsDouble());
    log.accept("asked to move on (" + reason + "); does so in " + pause.toMillis() + " ms");
    connectIn(pause);
  }

  private void connectIn(Duration pause) {
    if (nextTry != null) {
      nextTry.cancel(false);
    }
    nextTry = loop.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void perform(List<AgentMove> moves) {
    moves.forEach(this::perform);
    arm();
  }

  private void perform(AgentMove move) {
    switch (move) {
      case AgentMove.Say say -> {
        if (stream != null) {
          stream.say(say.message());
        }
      }
      case AgentMove.Start start -> start(start);
      case AgentMove.Answered answered -> questions.answered(answered.answer());
      case AgentMove.Warn warn -> {
        Runner.Work work = works.get(warn.task());
        if (work != null) {
          log.accept("warning for " + warn.task() + ": " + warn.text());
          work.warn(warn.text());
        }
      }
      case AgentMove.Stop stop -> {
        Runner.Work work = works.get(stop.task());
        if (work != null) {
          log.accept("stopping " + stop.task() + ": " + stop.reason());
          work.stop(stop.grace());
        }
      }
      case AgentMove.Report report ->
          gateway.report(identity.hello(List.of(), List.of()), report.result(), new Beside());
      case AgentMove.HangUp hangUp -> hangUp(hangUp.reason());
      case AgentMove.MoveOn moveOn -> moveOn(moveOn.reason());
    }
  }

  private void hangUp(String reason) {
    if (stream != null) {
      stream.hangUp(reason);
      connection++;
      ended(new StreamEnd.Lost(reason));
    }
  }

  private void start(AgentMove.Start start) {
    TaskRef task = start.task();
    log.accept("begins " + task + " " + start.spec().title());
    AttemptRecords records =
        new AttemptRecords(identity.session(), task, gateway, time, chance, this::later);
    AttemptNews news = new AttemptNews(task, this, records);
    works.put(task, runner.start(task, start.attempt(), start.spec(), start.context(), news));
  }

  /** Something has happened in the work; from any thread. */
  void tell(Function<AgentSession, List<AgentMove>> news) {
    hand(() -> perform(news.apply(session)));
  }

  /** An attempt has come to its end; from any thread. */
  void over(TaskRef task, BiFunction<AgentSession, Instant, List<AgentMove>> news) {
    hand(() -> {
      works.remove(task);
      questions.over(task);
      perform(news.apply(session, time.instant()));
      lookWhetherIdle();
    });
  }

  /** The work asks, under an id that is made here; from any thread. */
  CompletableFuture<Answer> ask(
      TaskRef task, BiFunction<AgentSession, String, List<AgentMove>> question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    hand(() -> {
      String id = "question-" + ++asked;
      questions.asked(task, id, answer);
      perform(question.apply(session, id));
    });
    return answer;
  }

  /** One alarm for whatever is due next. */
  private void arm() {
    if (alarm != null) {
      alarm.cancel(false);
    }
    Instant next = session.nextDeadline();
    if (next == null || end.isDone()) {
      return;
    }
    long nanos = Math.max(0, Duration.between(time.instant(), next).toNanos());
    alarm = loop.schedule(() -> perform(session.tick(time.instant())), nanos, TimeUnit.NANOSECONDS);
  }

  private void lookWhetherIdle() {
    if (leaving && session.isIdle() && session.owesNothing()) {
      idle.complete(true);
    }
  }

  /** Nothing happens any more when the agent has ended; from any thread. */
  private void later(Runnable task, Duration pause) {
    if (!loop.isShutdown()) {
      var _ = loop.schedule(task, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void hand(Runnable task) {
    if (!loop.isShutdown()) {
      loop.execute(task);
    }
  }

  /** One stream's messages; those of a stream that was given up are late. */
  private final class FromGateway implements Gateway.Listener {
    private final int number;

    FromGateway(int number) {
      this.number = number;
    }

    @Override
    public void said(GatewaySays message) {
      hand(() -> ifCurrent(() -> Agent.this.said(message)));
    }

    @Override
    public void missed(TaskRef task, String reason) {
      AgentSays refusal = new AgentSays.Refuse(task, reason);
      hand(() -> ifCurrent(() -> perform(List.of(new AgentMove.Say(refusal)))));
    }

    @Override
    public void ended(StreamEnd why) {
      hand(() -> ifCurrent(() -> Agent.this.ended(why)));
    }

    private void ifCurrent(Runnable task) {
      if (number == connection && stream != null) {
        task.run();
      }
    }
  }

  /** The answer to a result that was reported beside the stream. */
  private final class Beside implements Gateway.Listener {
    @Override
    public void said(GatewaySays message) {
      if (message instanceof GatewaySays.ResultAck ack) {
        hand(() -> {
          session.acknowledged(ack);
          lookWhetherIdle();
        });
      }
    }

    @Override
    public void missed(TaskRef task, String reason) {}

    @Override
    public void ended(StreamEnd why) {}
  }
}
