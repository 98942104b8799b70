package dev.makespan.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceCountersTest {

  @Test
  void whatAKilledProcessHasCountedStaysInTheSum() {
    ServiceCounters counters = new ServiceCounters();

    counters.read(1, "# HELP x\nmakespan_journal_refused_total 2.0\n");
    counters.read(1, "makespan_journal_refused_total 3.0\n");
    counters.read(2, "makespan_journal_refused_total 1.0\n");

    assertThat(counters.refusedWrites()).isEqualTo(4);
  }
}
