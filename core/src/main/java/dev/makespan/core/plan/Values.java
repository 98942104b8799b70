package dev.makespan.core.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of mappings. What is missing or wrong is reported, and the answer is empty or a
 * stand-in, so that reading goes on and finds the next problem.
 */
final class Values {

  private final Problems problems;
  private final Declared declared;
  private final Numbers numbers;

  /** One object for each path without references, all of it checked, however many name it. */
  private final List<FilePattern> paths = new ArrayList<>();

  private final TextNumbers pathNumbers = new TextNumbers(0);

  /** How long {@code 1d} is; set before anything else is read. */
  private Duration day = Duration.ofDays(1);

  Values(Problems problems, Declared declared) {
    this.problems = problems;
    this.declared = declared;
    this.numbers = new Numbers(problems);
  }

  Problems problems() {
    return problems;
  }

  Numbers numbers() {
    return numbers;
  }

  Duration day() {
    return day;
  }

  void dayIs(Duration length) {
    this.day = length;
  }

  void wrongType(Node node, String what, String expected) {
    problems.error(
        node.at(), "wrong-type", what + ": expected " + expected + ", was " + Shown.kindOf(node));
  }

  /** The value of a key that must be there. */
  Optional<Node> required(Fields fields, String key) {
    Node node = fields.find(key);
    if (node == null) {
      problems.error(fields.at(), "missing-key", "missing key '" + key + "' of " + fields.noun());
    }
    return Optional.ofNullable(node);
  }

  // Text

  @Nullable String findText(Fields fields, String key, int limit) {
    Node node = fields.find(key);
    return node == null ? null : text(node, key, limit).orElse(null);
  }

  String title(Fields fields, String otherwise) {
    String text = findText(fields, "title", PlanLimits.MAX_TITLE);
    return text == null ? otherwise : text;
  }

  String requiredText(Fields fields, String key, int limit) {
    return required(fields, key).flatMap(node -> text(node, key, limit)).orElse("");
  }

  Optional<String> text(Node node, String what, int limit) {
    if (!(node instanceof Node.Text text)) {
      String hint = node instanceof Node.Numeral || node instanceof Node.Bool ? " in quotes" : "";
      wrongType(node, what, "text" + hint);
      return Optional.empty();
    }
    return checked(text.at(), text.value(), what, limit);
  }

  /** Text, or a number that stands for its digits as written. */
  Optional<String> literal(Node node, String what, int limit) {
    return node instanceof Node.Numeral number
        ? checked(number.at(), number.literal(), what, limit)
        : text(node, what, limit);
  }

  private Optional<String> checked(Position at, String text, String what, int limit) {
    if (text.length() > limit) {
      problems.error(
          at,
          "out-of-range",
          "%s: expected at most %d characters, was %d".formatted(what, limit, text.length()));
      return Optional.empty();
    }
    if (Characters.cannotBeStored(text)) {
      problems.error(
          at,
          "bad-text",
          what + ": expected text without U+0000 and lone surrogates, was " + Shown.quoted(text));
      return Optional.empty();
    }
    if (Template.hasReference(text)) {
      Template.check(text, declared.parameters, at, what, problems);
    }
    return Optional.of(text);
  }

  // Names

  Optional<String> id(Node node, String what) {
    return named(node, what, Names::isId, Names.EXPECTED);
  }

  Optional<String> requiredId(Fields fields, String key) {
    return required(fields, key).flatMap(node -> id(node, key));
  }

  /** A name of its own kind: {@code fits} says whether, {@code expected} how it should be. */
  Optional<String> named(Node node, String what, Predicate<String> fits, String expected) {
    String text =
        switch (node) {
          case Node.Text t -> t.value();
          case Node.Numeral n -> n.literal();
          default -> null;
        };
    if (text == null) {
      wrongType(node, what, "a name");
      return Optional.empty();
    }
    if (!fits.test(text)) {
      problems.error(
          node.at(),
          "bad-id",
          what + ": expected " + expected + ", was " + Shown.quoted(text) + foreign(text));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  /** Names a letter that looks like another one and is not. */
  private static String foreign(String text) {
    return text.codePoints()
        .filter(c -> c > 0x7f)
        .mapToObj(" with U+%04X"::formatted)
        .findFirst()
        .orElse("");
  }

  /** One of {@code words}. */
  Optional<String> word(Node node, String what, List<String> words) {
    if (node instanceof Node.Text text && words.contains(text.value())) {
      return Optional.of(text.value());
    }
    String suggestion =
        words.size() > 1 && node instanceof Node.Text text
            ? problems.suggestion(text.value(), words)
            : "";
    problems.error(
        node.at(),
        "wrong-type",
        "%s: expected %s, was %s%s"
            .formatted(what, String.join(" or ", words), Shown.kindOf(node), suggestion));
    return Optional.empty();
  }

  boolean flag(Fields fields, String key) {
    Node node = fields.find(key);
    if (node == null) {
      return false;
    }
    if (node instanceof Node.Bool bool) {
      return bool.value();
    }
    wrongType(node, key, "true or false");
    return false;
  }

  // Durations

  @Nullable Duration findDuration(Fields fields, String key, boolean zeroToo) {
    Node node = fields.find(key);
    return node == null ? null : duration(node, key, zeroToo).orElse(null);
  }

  Optional<Duration> duration(Node node, String what, boolean zeroToo) {
    if (!(node instanceof Node.Text text)) {
      problems.error(
          node.at(),
          "bad-duration",
          what + ": expected " + DurationText.EXPECTED + ", was " + Shown.kindOf(node));
      return Optional.empty();
    }
    DurationText.Parsed parsed = DurationText.parse(text.value(), day);
    if (parsed.value() == null) {
      problems.error(node.at(), "bad-duration", what + ": " + parsed.problem());
    } else if (parsed.value().isZero() && !zeroToo) {
      problems.error(
          node.at(),
          "out-of-range",
          what + ": expected more than no time, was " + Shown.quoted(text.value()));
      return Optional.empty();
    }
    return Optional.ofNullable(parsed.value());
  }

  // Lists and maps

  List<Node> items(Fields fields, String key) {
    Node node = fields.find(key);
    if (node == null) {
      return List.of();
    }
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    wrongType(node, key, "a list");
    return List.of();
  }

  /** As {@link #items}, with nothing reported. */
  List<Node> itemsIfAny(Fields fields, String key) {
    return fields.find(key) instanceof Node.Sequence sequence ? sequence.items() : List.of();
  }

  <T> List<T> each(Fields fields, String key, Function<Node, Optional<T>> read) {
    List<T> all = new ArrayList<>();
    for (Node item : items(fields, key)) {
      read.apply(item).ifPresent(all::add);
    }
    return all;
  }

  /** As {@link #each}; a value that comes twice is reported and kept once. */
  <T> List<T> eachOnce(Fields fields, String key, Function<Node, Optional<T>> read) {
    List<Node> items = items(fields, key);
    if (items.isEmpty()) {
      return List.of();
    }
    Once<T> all = new Once<>(items.size());
    for (Node item : items) {
      Optional<T> value = read.apply(item);
      if (value.isPresent() && !all.add(value.get())) {
        duplicate(item, key, value.get());
      }
    }
    return all.all();
  }

  private void duplicate(Node item, String key, Object value) {
    problems.error(
        item.at(), "duplicate-item", key + ": duplicate " + Shown.quoted(value.toString()));
  }

  <T> Map<String, T> entries(Fields fields, String key, Function<Node.Entry, Optional<T>> read) {
    Node node = fields.find(key);
    if (node == null) {
      return Map.of();
    }
    Map<String, T> all = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      Set<String> seen = new LinkedHashSet<>();
      for (Node.Entry entry : mapping.entries()) {
        String name = entry.key().value();
        if (!seen.add(name)) {
          problems.error(entry.key().at(), "duplicate-key", Fields.duplicate(name));
        } else {
          read.apply(entry).ifPresent(value -> all.put(name, value));
        }
      }
    } else {
      wrongType(node, key, "a mapping");
    }
    return all;
  }

  // Paths

  /** As {@link #eachOnce}, without an object for each; most items of large plans are paths. */
  List<FilePattern> paths(Fields fields, String key) {
    List<Node> items = items(fields, key);
    if (items.isEmpty()) {
      return List.of();
    }
    Once<FilePattern> all = new Once<>(items.size());
    for (Node item : items) {
      FilePattern known = knownPath(item);
      FilePattern path = known == null ? path(item, key).orElse(null) : known;
      if (path != null && !all.add(path)) {
        duplicate(item, key, path);
      }
    }
    return all.all();
  }

  Optional<FilePattern> path(Node node, String what) {
    FilePattern known = knownPath(node);
    return known == null
        ? literal(node, what, PlanLimits.MAX_TEXT).flatMap(text -> newPath(node, what, text))
        : Optional.of(known);
  }

  private @Nullable FilePattern knownPath(Node node) {
    int number =
        switch (node) {
          case Node.Text text -> pathNumbers.find(text.value());
          case Node.Numeral numeral -> pathNumbers.find(numeral.literal());
          default -> TextNumbers.NONE;
        };
    return number == TextNumbers.NONE ? null : paths.get(number);
  }

  private Optional<FilePattern> newPath(Node node, String what, String text) {
    String problem = FilePattern.problemOf(text);
    if (!problem.isEmpty()) {
      problems.error(node.at(), "bad-path", what + ": " + problem);
      return Optional.empty();
    }
    FilePattern pattern = new FilePattern(text);
    if (!Template.hasReference(text)) {
      pathNumbers.add(text);
      paths.add(pattern);
    }
    return Optional.of(pattern);
  }

  /** The one key of {@code keys} that is there; none or several are a problem. */
  Optional<String> exactlyOne(Fields fields, List<String> keys) {
    List<String> present = keys.stream().filter(fields::has).toList();
    if (present.size() == 1) {
      return Optional.of(present.getFirst());
    }
    problems.error(
        fields.at(),
        present.isEmpty() ? "missing-key" : "contradiction",
        "%s: expected one of %s, was %s"
            .formatted(
                fields.noun(),
                String.join(", ", keys),
                present.isEmpty() ? "none" : String.join(" and ", present)));
    return Optional.empty();
  }
}
