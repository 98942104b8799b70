package dev.makespan.bench.dispatch;

import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.TaskRef;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Agents that accept at once and succeed by a timetable, whatever the suite does meanwhile: of a
 * plan of chains, each result makes one task ready. On the fleet's thread.
 */
final class OnTime implements Work {

  private static final long TICK_MICROS = 500;

  private final double perSecond;
  private final Map<String, Instant> arrivals = new HashMap<>();
  private final Map<String, Long> answeredNanos = new HashMap<>();
  private final Map<String, Long> turnaroundNanos = new HashMap<>();
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private @Nullable ScheduledFuture<?> ticking;
  private long beganNanos;
  private long answered;
  private long starved;

  private record Held(AgentSession session, TaskRef task) {}

  OnTime(double perSecond) {
    this.perSecond = perSecond;
  }

  void begin(EventLoop loop) {
    beganNanos = System.nanoTime();
    ticking = loop.scheduleAtFixedRate(this::tick, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
  }

  void end() {
    if (ticking != null) {
      ticking.cancel(false);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    long due = (long) ((now - beganNanos) / 1e9 * perSecond);
    while (answered + starved < due) {
      Held next = held.poll();
      if (next == null) {
        starved++;
        continue;
      }
      answered++;
      next.session.succeed(next.task);
      answeredNanos.put(chainOf(next.task.getTask()), now);
    }
  }

  @Override
  public void assigned(AgentSession session, Assign assignment) {
    Instant at = Instant.now();
    long nanos = System.nanoTime();
    String task = assignment.getTask().getTask();
    arrivals.put(task, at);
    Long before = answeredNanos.get(chainOf(task));
    if (before != null) {
      turnaroundNanos.put(task, nanos - before);
    }
    session.accept(assignment.getTask());
    held.add(new Held(session, assignment.getTask()));
  }

  private static String chainOf(String task) {
    return task.substring(0, task.indexOf('-'));
  }

  @Override
  public void acknowledged(AgentSession session, ResultAck ack) {}

  /** When each task's assignment came, by this machine's clock. */
  Map<String, Instant> arrivals() {
    return arrivals;
  }

  /** From the result of a task to the assignment of the one that it made ready, by the latter. */
  Map<String, Long> turnaroundNanos() {
    return turnaroundNanos;
  }

  int inHand() {
    return held.size();
  }

  /** How often the timetable wanted a result and there was no task in hand. */
  long starved() {
    return starved;
  }
}
