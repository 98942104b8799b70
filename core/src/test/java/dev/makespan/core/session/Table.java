package dev.makespan.core.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is expected of every state and message: a row a state, a column a message. */
record Table(List<String> messages, Map<String, List<String>> rows) {

  static Table of(String text) {
    List<String> lines = text.lines().toList();
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      rows.put(cells.getFirst(), cells.subList(1, cells.size()));
    }
    List<String> header = cells(lines.getFirst());
    return new Table(header.subList(1, header.size()), rows);
  }

  private static List<String> cells(String line) {
    return Stream.of(line.split("\\|", -1)).map(String::strip).toList();
  }

  String expected(String state, String message) {
    List<String> row = rows.get(state);
    int column = messages.indexOf(message);
    if (row == null || column < 0 || column >= row.size()) {
      throw new AssertionError("the table has no cell for " + state + " × " + message);
    }
    return row.get(column);
  }
}
