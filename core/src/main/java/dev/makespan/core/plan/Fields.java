package dev.makespan.core.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys have been checked against its shape. */
final class Fields {

  private final Position at;
  private final PlanShape shape;

  /** By the places of their keys in the shape; null: not said. */
  private final @Nullable Node[] values;

  /** A bit for each place with a value. */
  private final long said;

  private Fields(Position at, PlanShape shape, @Nullable Node[] values) {
    this.at = at;
    this.shape = shape;
    this.values = values;
    long bits = 0;
    for (int place = 0; place < values.length; place++) {
      bits |= values[place] == null ? 0 : 1L << place;
    }
    this.said = bits;
  }

  /** Reports what is wrong with the keys of {@code node}; a node that is no mapping has none. */
  static Fields of(Node node, PlanShape shape, Problems problems) {
    @Nullable Node[] values = new Node[shape.keys().size()];
    if (!(node instanceof Node.Mapping mapping)) {
      problems.error(
          node.at(),
          "wrong-type",
          "expected %s, which is a mapping, was %s".formatted(shape.noun(), Shown.kindOf(node)));
      return new Fields(node.at(), shape, values);
    }
    List<Node.Entry> entries = mapping.entries();
    for (int i = 0; i < entries.size(); i++) {
      Node.Entry entry = entries.get(i);
      String key = entry.key().value();
      int place = shape.place(key);
      if (place < 0) {
        problems.error(entry.key().at(), "unknown-key", unknown(key, shape.keys(), problems));
      } else if (values[place] != null) {
        problems.error(entry.key().at(), "duplicate-key", duplicate(key));
      } else {
        values[place] = entry.value();
      }
    }
    return new Fields(node.at(), shape, values);
  }

  static Fields none(Position at, PlanShape shape) {
    return new Fields(at, shape, new Node[shape.keys().size()]);
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
    @Nullable Node[] merged = values.clone();
    boolean estimated = has("duration") || has("size");
    for (int i = 0; i < defaults.values.length; i++) {
      String key = defaults.shape.keys().get(i);
      int place = defaults.values[i] == null ? -1 : shape.place(key);
      boolean overruled = estimated && (key.equals("duration") || key.equals("size"));
      if (place >= 0 && merged[place] == null && !overruled) {
        merged[place] = defaults.values[i];
      }
    }
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

  /** Whether one of these is said. */
  boolean hasAny(KeyGroup keys) {
    return keys.isSaid(shape, said);
  }

  @Nullable Node find(String key) {
    int place = shape.place(key);
    if (place < 0) {
      throw new IllegalStateException(shape + " has no key " + key);
    }
    return values[place];
  }

  /** Where the value of {@code key} stands; the mapping itself when there is none. */
  Position at(String key) {
    Node value = find(key);
    return value == null ? at : value.at();
  }
}
