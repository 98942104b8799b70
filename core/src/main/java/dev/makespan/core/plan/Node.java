package dev.makespan.core.plan;

import java.util.List;

/**
 * A plan's description as its author wrote it: what YAML and JSON have in common, with positions.
 * Not yet a plan; {@code PlanCheck} turns it into one or into problems.
 */
public sealed interface Node {

  Position at();

  /** Key and value pairs in their order; a key may occur twice, which is a problem to report. */
  record Mapping(Position at, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /** One key with its value. */
  record Entry(Text key, Node value) {}

  /** Values in their order. */
  record Sequence(Position at, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /** A string: quoted, or plain and nothing else in the YAML 1.2 core schema. */
  record Text(Position at, String value) implements Node {}

  /** A number as written, such as {@code 12}, {@code 1e3} or {@code .inf}. */
  record Numeral(Position at, String literal) implements Node {}

  /** {@code true} or {@code false}. */
  record Bool(Position at, boolean value) implements Node {}

  /** Nothing, {@code ~} or {@code null}. */
  record Nothing(Position at) implements Node {}
}
