package dev.makespan.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Milestone;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.TaskContext;
import dev.makespan.core.session.TaskSpec;
import dev.makespan.core.task.TaskRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Pretends to work: takes a task's planned duration at a speed, reaches its milestones when they
 * are due, reports metrics within their bounds and all gates green.
 *
 * <p>All moments count from the start of the task, so that nothing drifts: at speed 3600 ten
 * milliseconds are half a minute of the plan.
 */
public final class SimulateRunner implements Runner {

  private final double speed;
  private final ScheduledThreadPoolExecutor timer;

  /**
   * Makes a runner.
   *
   * @param speed plan seconds per real second, where the run does not say its own
   */
  public SimulateRunner(double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException("speed: expected a number above 0, was " + speed);
    }
    this.speed = speed;
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "simulate");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Work start(TaskRef task, int attempt, TaskSpec spec, TaskContext context, News news) {
    Simulation simulation = new Simulation(spec, news);
    timer.execute(simulation::begin);
    return grace -> timer.execute(simulation::stop);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  long realNanos(TaskSpec spec, Duration planTime) {
    double factor = spec.speed() == 1 ? speed : spec.speed();
    return Math.round(planTime.toNanos() / factor);
  }

  static WorkReport report(TaskSpec spec) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    spec.metrics().forEach(metric -> metrics.put(metric.name(), within(metric)));
    List<GateReport> gates =
        spec.gates().stream().map(gate -> new GateReport(gate, true, "simulated")).toList();
    List<String> files =
        spec.files().stream()
            .filter(file -> file.mode() != FileMode.READ)
            .map(FileAccess::path)
            .filter(path -> !path.isGlob())
            .map(path -> path.text())
            .toList();
    return new WorkReport(Outcome.OK, "simulated", metrics, gates, files);
  }

  private static double within(Gate.Metric metric) {
    Double min = metric.min();
    Double max = metric.max();
    if (min != null) {
      return max == null ? min : min + (max - min) / 2;
    }
    return max == null ? 1 : max;
  }

  /** One pretended attempt; lives on the timer's thread. */
  private final class Simulation {

    private final TaskSpec spec;
    private final News news;
    private final List<Future<?>> due = new ArrayList<>();
    private boolean over;

    Simulation(TaskSpec spec, News news) {
      this.spec = spec;
      this.news = news;
    }

    void begin() {
      if (over) {
        return;
      }
      news.started();
      long start = System.nanoTime();
      for (Milestone milestone : spec.milestones()) {
        at(start, milestone.after(), () -> news.reached(milestone.id()));
      }
      at(start, spec.duration(), this::finish);
    }

    private void at(long start, Duration after, Runnable what) {
      long nanos = start + realNanos(spec, after) - System.nanoTime();
      due.add(timer.schedule(what, nanos, TimeUnit.NANOSECONDS));
    }

    private void finish() {
      over = true;
      news.finished(report(spec));
    }

    void stop() {
      if (!over) {
        over = true;
        due.forEach(one -> one.cancel(false));
        news.stopped("simulated TERM");
      }
    }
  }
}
