package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.bench.chaos.ChaosReport.FaultRow;
import dev.makespan.bench.chaos.ChaosReport.PromiseRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosReportTest {

  @Test
  void aZeroIsToldWithItsBound() {
    assertThat(new PromiseRow("kept", 1_000, 0).text()).endsWith("fewer than 0.0030 of all");
    assertThat(new PromiseRow("kept", 1_000, 0).json()).contains("\"upperBound\":0.00300");
    assertThat(new PromiseRow("kept", 0, 0).text()).endsWith("never looked at");
    assertThat(new PromiseRow("kept", 1_000, 1).text()).endsWith("BROKEN");
  }

  @Test
  void aRowSaysHowOftenItsBoundWasKept() {
    FaultRow row = new FaultRow("killed", 3, 2.0, List.of(0.5, 1.0, 4.0));

    assertThat(row.text()).contains("0.50", "1.00", "4.00", "67 % of 3");
    assertThat(row.json()).contains("\"medianSeconds\":1.00,\"maxSeconds\":4.00");
  }

  @Test
  void whatWasNeverOverHasNoFigures() {
    assertThat(new FaultRow("killed", 1, 2.0, List.of()).json()).contains("\"maxSeconds\":null");
  }

  @Test
  void aBrokenPromiseIsToldWithSeedAndEvidence() {
    Evidence evidence = new Evidence();
    evidence.look(Promise.ONE_LEASE, false, "run %d", 7);
    ChaosReport report = new ChaosReport();

    report.add(evidence);

    assertThat(report.isKept()).isFalse();
    assertThat(report.text(42)).contains("seed 42", Promise.ONE_LEASE.words() + ": run 7");
  }
}
