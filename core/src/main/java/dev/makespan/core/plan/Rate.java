package dev.makespan.core.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** So many units of size are done in {@code per}. */
record Rate(BigDecimal units, Duration per) {

  /** How long {@code size} takes, in milliseconds, at least one. */
  BigDecimal millisFor(BigDecimal size) {
    return size.multiply(BigDecimal.valueOf(per.toMillis()))
        .divide(units, 0, RoundingMode.HALF_UP)
        .max(BigDecimal.ONE);
  }
}
