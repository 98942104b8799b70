package dev.makespan.cli;

import dev.makespan.core.plan.DurationText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as plans write them, for picocli; a day has 24 hours. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    DurationText.Parsed parsed = DurationText.parse(text, Duration.ofDays(1));
    if (parsed.value() == null) {
      throw new TypeConversionException(parsed.problem());
    }
    return parsed.value();
  }
}
