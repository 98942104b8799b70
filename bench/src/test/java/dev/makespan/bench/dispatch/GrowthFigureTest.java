package dev.makespan.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthFigureTest {

  @Test
  void theLargestIsHeldAgainstTheCheapestOfTheOthers() {
    assertThat(GrowthFigure.growth(List.of(100.0, 50.0, 60.0))).isCloseTo(20, within(1e-9));
    assertThat(GrowthFigure.growth(List.of(50.0, 100.0, 60.0))).isCloseTo(20, within(1e-9));
    assertThat(GrowthFigure.growth(List.of(50.0, 40.0))).isCloseTo(-20, within(1e-9));
  }

  @Test
  void allButTheLargestAreMeasuredAgainOnTheWayBack() {
    assertThat(GrowthFigure.thereAndBack(List.of(1, 10, 100))).containsExactly(1, 10, 100, 10, 1);
    assertThat(GrowthFigure.thereAndBack(List.of(1))).containsExactly(1);
  }

  @Test
  void whatCompilersUseIsApartFromTheirProcess() {
    long here = ProcessHandle.current().pid();
    List<CpuTimes.CompilerThread> compilers = CpuTimes.CompilerThread.in(here);

    CpuTimes whole = CpuTimes.of(java.util.Map.of("here", here), List.of());
    CpuTimes parts = CpuTimes.of(java.util.Map.of("here", here), compilers);

    assertThat(whole.of(CpuTimes.COMPILERS)).isZero();
    if (!compilers.isEmpty()) {
      assertThat(parts.of("here")).isLessThan(whole.of("here") + parts.of(CpuTimes.COMPILERS));
      assertThat(parts.of("here") + parts.of(CpuTimes.COMPILERS))
          .isGreaterThanOrEqualTo(whole.of("here"));
    }
  }
}
