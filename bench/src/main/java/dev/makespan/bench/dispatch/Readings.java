package dev.makespan.bench.dispatch;

import dev.makespan.bench.Machine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The readings of one subject, with what else is to be known of it. */
final class Readings {

  private final String subject;
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final List<Reading> readings = new ArrayList<>();

  Readings(String subject) {
    this.subject = subject;
  }

  String subject() {
    return subject;
  }

  void fact(String name, Object value) {
    facts.put(name, String.valueOf(value));
  }

  void add(Reading reading) {
    readings.add(reading);
  }

  /** Of the reading of this name. */
  double median(String name) {
    return readings.stream()
        .filter(reading -> reading.name().equals(name))
        .findFirst()
        .orElseThrow()
        .median();
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        subject
            + facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", ", ": ", "")));
    if (!readings.isEmpty()) {
      lines.add(Reading.heading());
    }
    readings.forEach(reading -> lines.add(reading.text()));
    return String.join("\n", lines);
  }

  String json() {
    return "{\"subject\":%s,\"facts\":{%s},\"readings\":[%s]}"
        .formatted(
            Machine.quoted(subject),
            facts.entrySet().stream()
                .map(f -> Machine.quoted(f.getKey()) + ":" + Machine.quoted(f.getValue()))
                .collect(Collectors.joining(",")),
            readings.stream().map(Reading::json).collect(Collectors.joining(",")));
  }
}
