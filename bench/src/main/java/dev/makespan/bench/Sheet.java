package dev.makespan.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Figures of one subject, with what else is to be known of it, such as how many hazards it has. */
final class Sheet {

  private final String subject;
  private final Map<String, Long> facts = new LinkedHashMap<>();
  private final List<Figure> figures = new ArrayList<>();

  Sheet(String subject) {
    this.subject = subject;
  }

  void fact(String name, long value) {
    facts.put(name, value);
  }

  Figure add(Figure figure) {
    figures.add(figure);
    return figure;
  }

  private String text() {
    String known =
        facts.entrySet().stream()
            .map(fact -> String.format(Locale.ROOT, "%,d %s", fact.getValue(), fact.getKey()))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(subject + (known.isEmpty() ? "" : ": " + known));
    lines.add(Figure.heading());
    figures.forEach(figure -> lines.add(figure.text()));
    return String.join("\n", lines);
  }

  private String json() {
    String known =
        facts.entrySet().stream()
            .map(fact -> Machine.quoted(fact.getKey()) + ":" + fact.getValue())
            .collect(Collectors.joining(","));
    return "{\"subject\":%s,\"facts\":{%s},\"figures\":[%s]}"
        .formatted(
            Machine.quoted(subject),
            known,
            figures.stream().map(Figure::json).collect(Collectors.joining(",")));
  }

  /** All sheets under what they were measured on. */
  static String shown(Machine machine, List<Sheet> sheets, BenchMain.Output output) {
    return switch (output) {
      case TEXT ->
          machine.text()
              + "\n"
              + sheets.stream().map(Sheet::text).collect(Collectors.joining("\n"));
      case JSON ->
          "{\"machine\":%s,\"sheets\":[%s]}"
              .formatted(
                  machine.json(),
                  sheets.stream().map(Sheet::json).collect(Collectors.joining(",")));
    };
  }
}
