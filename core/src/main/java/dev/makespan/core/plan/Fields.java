package dev.makespan.core.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys have been checked against its shape. */
final class Fields {

  private final Position at;
  private final PlanShape shape;
  private final Map<String, Node> values;

  private Fields(Position at, PlanShape shape, Map<String, Node> values) {
    this.at = at;
    this.shape = shape;
    this.values = values;
  }

  /** Reports what is wrong with the keys of {@code node}; a node that is no mapping has none. */
  static Fields of(Node node, PlanShape shape, Problems problems) {
    Map<String, Node> values = new LinkedHashMap<>();
    if (!(node instanceof Node.Mapping mapping)) {
      problems.error(
          node.at(),
          "wrong-type",
          "expected %s, which is a mapping, was %s".formatted(shape.noun(), Shown.kindOf(node)));
      return new Fields(node.at(), shape, values);
    }
    for (Node.Entry entry : mapping.entries()) {
      String key = entry.key().value();
      if (!shape.has(key)) {
        problems.error(entry.key().at(), "unknown-key", unknown(key, shape.keys(), problems));
      } else if (values.putIfAbsent(key, entry.value()) != null) {
        problems.error(entry.key().at(), "duplicate-key", duplicate(key));
      }
    }
    return new Fields(node.at(), shape, values);
  }

  static Fields none(Position at, PlanShape shape) {
    return new Fields(at, shape, Map.of());
  }

  static String duplicate(String key) {
    return "duplicate key " + Shown.quoted(key);
  }

  private static String unknown(String key, List<String> known, Problems problems) {
    String suggestion = problems.suggestion(key, known);
    String expected = ", expected one of " + String.join(", ", known);
    return "unknown key " + Shown.quoted(key) + (suggestion.isEmpty() ? expected : suggestion);
  }

  /** A task's own keys, and those of the defaults that it does not say itself. */
  Fields over(Fields defaults) {
    if (defaults.values.isEmpty()) {
      return this;
    }
    Map<String, Node> merged = new LinkedHashMap<>(values);
    boolean estimated = values.containsKey("duration") || values.containsKey("size");
    defaults.values.forEach((key, value) -> {
      if (!estimated || !(key.equals("duration") || key.equals("size"))) {
        merged.putIfAbsent(key, value);
      }
    });
    return new Fields(at, shape, merged);
  }

  Position at() {
    return at;
  }

  String noun() {
    return shape.noun();
  }

  boolean has(String key) {
    return find(key) != null;
  }

  @Nullable Node find(String key) {
    if (!shape.has(key)) {
      throw new IllegalStateException(shape + " has no key " + key);
    }
    return values.get(key);
  }

  /** Where the value of {@code key} stands; the mapping itself when there is none. */
  Position at(String key) {
    Node value = find(key);
    return value == null ? at : value.at();
  }
}
