package dev.makespan.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.session.AgentSays.GateReport;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.GatewaySays.Answer;
import dev.makespan.core.session.TaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulateRunnerTest {

  /** News in words, in the order in which they came. */
  private static final class Heard implements Runner.News {
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @Override
    public void started() {
      news.add("started");
    }

    @Override
    public void progressed(WorkProgress progress) {
      news.add("progressed");
    }

    @Override
    public CompletableFuture<Answer> blocked(String question, boolean keepsSlot) {
      return new CompletableFuture<>();
    }

    @Override
    public CompletableFuture<Answer> needsFiles(List<FileAccess> files, String reason) {
      return new CompletableFuture<>();
    }

    @Override
    public void reached(MilestoneId milestone) {
      news.add("reached " + milestone);
    }

    @Override
    public void finished(WorkReport report) {
      news.add("finished");
    }

    @Override
    public void stopped(String how) {
      news.add("stopped");
    }

    String next() throws InterruptedException {
      return String.valueOf(news.poll(20, TimeUnit.SECONDS));
    }

    List<String> next(int count) throws InterruptedException {
      List<String> next = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        next.add(next());
      }
      return next;
    }
  }

  @Test
  void milestonesComeInTheOrderOfTheirTimesAndThenTheEnd() throws InterruptedException {
    Heard heard = new Heard();
    try (SimulateRunner runner = new SimulateRunner(1)) {
      long start = System.nanoTime();

      runner.start(
          Specs.ref(1), 1, Specs.spec(Duration.ofMinutes(6), 3600), TaskContext.NONE, heard);

      assertThat(heard.next(4))
          .containsExactly("started", "reached quarter", "reached half", "finished");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void theRunsSpeedCountsBeforeTheAgents() {
    try (SimulateRunner runner = new SimulateRunner(10)) {
      Duration minute = Duration.ofMinutes(1);

      assertThat(runner.realNanos(Specs.spec(minute, 60), minute)).isEqualTo(1_000_000_000L);
      assertThat(runner.realNanos(Specs.spec(minute, 1), minute)).isEqualTo(6_000_000_000L);
    }
  }

  @Test
  void whatIsStoppedEndsAtOnceAndOnlyOnce() throws InterruptedException {
    Heard heard = new Heard();
    try (SimulateRunner runner = new SimulateRunner(1)) {
      Runner.Work work =
          runner.start(
              Specs.ref(1), 1, Specs.spec(Duration.ofHours(1), 1), TaskContext.NONE, heard);

      work.stop(Duration.ofSeconds(10));
      work.stop(Duration.ZERO);

      assertThat(heard.next(2)).containsExactly("started", "stopped");
      assertThat(heard.news).isEmpty();
    }
  }

  @Test
  void theReportPassesEveryGate() {
    WorkReport report = SimulateRunner.report(Specs.spec(Duration.ofMinutes(1), 1));

    assertThat(report.outcome()).isEqualTo(Outcome.OK);
    assertThat(report.metrics())
        .containsExactly(entry("coverage", 80.0), entry("latency", 20.0), entry("ratio", 0.5));
    assertThat(report.gates())
        .containsExactly(new GateReport("run: make check", true, "simulated"));
    assertThat(report.files()).containsExactly("src/a.rs", "CHANGELOG");
  }

  @Test
  void aSpeedThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new SimulateRunner(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new SimulateRunner(Double.NaN)).hasMessageContaining("above 0");
  }
}
