package dev.makespan.planner;

import dev.makespan.core.schedule.AgentCurve;
import dev.makespan.core.schedule.CurveWatch;
import dev.makespan.core.schedule.Solution;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One computation that is under way, for all who wait for it; watches what the core does. */
final class Computing implements CurveWatch {

  /** Whatever is asked, nothing is computed for longer. */
  static final Duration MAX_TIME = Duration.ofMinutes(15);

  /** Progress is told at most so often, apart from better schedules. */
  private static final long PACE_NANOS = 100_000_000;

  final String key;
  final CompletableFuture<Answer<Result>> outcome = new CompletableFuture<>();
  private final Question question;
  private final LongSupplier nanos;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Progress progress = Progress.NONE;
  private volatile boolean cancelled;

  /** Used by the computing thread alone, like all that follow. */
  private long began;

  private long told;
  private long done;
  private boolean cutShort;
  private @Nullable Duration makespan;
  private @Nullable Duration lowerBound;

  Computing(String key, Question question, LongSupplier nanos) {
    this.key = key;
    this.question = question;
    this.nanos = nanos;
  }

  Progress progress() {
    return progress;
  }

  void listen(Runnable onChange) {
    listeners.add(onChange);
  }

  void unlisten(Runnable onChange) {
    listeners.remove(onChange);
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Whether it ended before its question said so: not what others should be told. */
  boolean isCutShort() {
    return cancelled || cutShort;
  }

  void begin() {
    began = nanos.getAsLong();
    tell();
  }

  void finish(Answer<Result> answer) {
    outcome.complete(answer);
    listeners.forEach(Runnable::run);
  }

  void fail(Throwable failure) {
    outcome.completeExceptionally(failure);
    listeners.forEach(Runnable::run);
  }

  @Override
  public boolean isOver() {
    long now = nanos.getAsLong();
    switch (question) {
      case Question.Schedule _, Question.Forecast _ -> done++;
      case Question.Analysis _, Question.Curve _ -> {}
    }
    if (now - told > PACE_NANOS) {
      tell();
    }
    cutShort |= now - began > MAX_TIME.toNanos();
    boolean timeIsUp =
        !question.timeLimit().isZero() && now - began > question.timeLimit().toNanos();
    return cancelled || cutShort || timeIsUp;
  }

  @Override
  public void improved(Solution solution) {
    switch (question) {
      case Question.Schedule _ -> done = solution.schedules();
      case Question.Analysis _, Question.Forecast _, Question.Curve _ -> {}
    }
    makespan = Duration.ofMillis(solution.schedule().makespan());
    lowerBound = Duration.ofMillis(solution.bound().value());
    tell();
  }

  @Override
  public void reached(AgentCurve.Point point) {
    done = point.agents();
    makespan = point.makespan();
    lowerBound = point.lowerBound();
    tell();
  }

  private void tell() {
    told = nanos.getAsLong();
    progress = new Progress(Math.min(done, most()), total(), makespan, lowerBound);
    listeners.forEach(Runnable::run);
  }

  private long most() {
    return total() == 0 ? Long.MAX_VALUE : total();
  }

  private long total() {
    return switch (question) {
      case Question.Analysis _ -> 0;
      case Question.Schedule asked -> asked.timeLimit().isZero() ? asked.schedules() : 0;
      case Question.Curve asked -> asked.mostAgents();
      case Question.Forecast asked -> asked.schedules() + asked.samples();
    };
  }
}
