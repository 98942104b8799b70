package dev.makespan.agent.measure;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reports that can be read. */
public enum ReportFormat {
  /** Test results as most test tools write them. */
  JUNIT,
  /** Coverage of Java. */
  JACOCO,
  /** Coverage as gcov's tools and many of JavaScript, Rust and Go write it. */
  LCOV,
  /** Coverage as coverage.py and many others write it. */
  COBERTURA;

  /** Null: there is none of that name. */
  public static @Nullable ReportFormat find(String name) {
    for (ReportFormat format : values()) {
      if (format.word().equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** As users write it: "junit". */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
