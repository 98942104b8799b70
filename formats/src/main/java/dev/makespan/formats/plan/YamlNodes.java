package dev.makespan.formats.plan;

import dev.makespan.core.plan.Node;
import dev.makespan.core.plan.Position;
import dev.makespan.core.plan.Shown;
import dev.makespan.formats.plan.PlanReader.UnreadableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Makes nodes of the parser's events, on a stack of its own: depth costs no call frames. */
final class YamlNodes {

  /** Longest text that is kept once for all its occurrences. */
  private static final int MAX_SHARED = 32;

  private static final int MAX_SHARED_TEXTS = 10_000;
  private static final int YAML_MINOR = 2;

  private final String text;
  private final Deque<Open> stack = new ArrayDeque<>();
  private final Map<String, String> shared = new HashMap<>();
  private Position last = Position.START;
  private int nodes;
  private @Nullable Node root;

  YamlNodes(String text) {
    this.text = text;
  }

  /** A list or mapping whose end has not come yet. */
  private static final class Open {
    private final Position at;
    private final boolean mapping;
    private final List<Node> items = new ArrayList<>();
    private final List<Node.Entry> entries = new ArrayList<>();
    private Node.@Nullable Text key;

    private Open(Position at, boolean mapping) {
      this.at = at;
      this.mapping = mapping;
    }

    private Node closed() {
      return mapping ? new Node.Mapping(at, entries) : new Node.Sequence(at, items);
    }
  }

  Node read() throws UnreadableException {
    try {
      Iterator<Event> events = new Parse(settings()).parseString(text).iterator();
      while (events.hasNext()) {
        take(events.next());
      }
    } catch (ReaderException unreadable) {
      throw refusedCharacter(unreadable);
    } catch (MarkedYamlEngineException marked) {
      throw syntax(marked.getProblemMark().map(YamlNodes::place).orElse(last), marked.getProblem());
    } catch (YamlEngineException | IndexOutOfBoundsException | IllegalArgumentException broken) {
      // The parser lets some of its scanner's accidents through, such as escapes past U+10FFFF.
      throw syntax(last, "what follows cannot be read");
    }
    if (root == null) {
      throw new UnreadableException(Position.START, "empty", "expected a plan, was nothing");
    }
    return root;
  }

  /**
   * Code points that the parser reads at once. It copies what it has for each piece of a long
   * token, so that small pieces make a comment of ten megabytes take minutes.
   */
  private static final int READ_AHEAD = 1 << 20;

  private static LoadSettings settings() {
    return LoadSettings.builder()
        .setCodePointLimit(Integer.MAX_VALUE)
        .setUseMarks(true)
        .setBufferSize(READ_AHEAD)
        .build();
  }

  private static UnreadableException syntax(Position at, @Nullable String problem) {
    return new UnreadableException(
        at, "syntax", "expected YAML or JSON: " + (problem == null ? "broken" : problem));
  }

  private UnreadableException refusedCharacter(ReaderException unreadable) {
    int index = text.offsetByCodePoints(0, Math.min(codePoints(), unreadable.getPosition()));
    return new UnreadableException(
        StrictText.endOf(text.substring(0, index)),
        "bad-text",
        "expected printable characters, was U+%04X".formatted(unreadable.getCodePoint()));
  }

  private int codePoints() {
    return text.codePointCount(0, text.length());
  }

  private void take(Event event) throws UnreadableException {
    last = event.getStartMark().map(YamlNodes::place).orElse(last);
    switch (event) {
      case DocumentStartEvent start -> begin(start);
      case AliasEvent alias -> refuse("alias", "an alias, '*" + alias.getAlias() + "'");
      case NodeEvent node -> node(node);
      case CollectionEndEvent ignored -> add(stack.pop().closed());
      default -> {
        // The stream's and the document's ends say nothing new.
      }
    }
  }

  private void begin(DocumentStartEvent start) throws UnreadableException {
    if (root != null) {
      refuse("several-documents", "another document");
    }
    Optional<SpecVersion> version = start.getSpecVersion();
    if (version.isPresent() && version.get().getMinor() != YAML_MINOR) {
      refuse("syntax", "a directive for YAML 1." + version.get().getMinor());
    }
    if (!start.getTags().isEmpty() && start.isExplicit() && text.contains("%TAG")) {
      refuse("tag", "a TAG directive");
    }
  }

  private void refuse(String kind, String was) throws UnreadableException {
    throw new UnreadableException(last, kind, "expected plain YAML, was " + was);
  }

  private void node(NodeEvent event) throws UnreadableException {
    if (++nodes > PlanReader.MAX_NODES) {
      throw new UnreadableException(
          last, "too-many", "expected at most " + PlanReader.MAX_NODES + " values, was more");
    }
    Optional<Anchor> anchor = event.getAnchor();
    if (anchor.isPresent()) {
      refuse("anchor", "an anchor, '&" + anchor.get().getValue() + "'");
    }
    switch (event) {
      case ScalarEvent scalar -> {
        refuseTag(scalar.getTag());
        add(scalar(scalar));
      }
      case MappingStartEvent mapping -> {
        refuseTag(mapping.getTag());
        open(true);
      }
      case SequenceStartEvent sequence -> {
        refuseTag(sequence.getTag());
        open(false);
      }
      default -> throw new IllegalStateException("unknown event " + event.getEventId());
    }
  }

  private void refuseTag(Optional<String> tag) throws UnreadableException {
    if (tag.isPresent()) {
      refuse("tag", "a tag, " + Shown.quoted(tag.get()));
    }
  }

  private void open(boolean mapping) throws UnreadableException {
    if (stack.size() >= PlanReader.MAX_DEPTH) {
      throw new UnreadableException(
          last,
          "too-deep",
          "expected lists and mappings nested at most %d deep, was more"
              .formatted(PlanReader.MAX_DEPTH));
    }
    Open parent = stack.peek();
    if (parent != null && parent.mapping && parent.key == null) {
      refuse("bad-key", "a list or mapping as a key");
    }
    stack.push(new Open(last, mapping));
  }

  private Node scalar(ScalarEvent event) {
    String value = event.getValue();
    return event.isPlain()
        ? CoreSchema.resolve(last, sharedOf(value))
        : new Node.Text(last, sharedOf(value));
  }

  private String sharedOf(String value) {
    if (value.length() > MAX_SHARED) {
      return value;
    }
    String known = shared.get(value);
    if (known == null && shared.size() < MAX_SHARED_TEXTS) {
      shared.put(value, value);
    }
    return known == null ? value : known;
  }

  private void add(Node node) throws UnreadableException {
    Open parent = stack.peek();
    if (parent == null) {
      root = node;
    } else if (!parent.mapping) {
      parent.items.add(node);
    } else if (parent.key == null) {
      parent.key = key(node);
    } else {
      parent.entries.add(new Node.Entry(parent.key, node));
      parent.key = null;
    }
  }

  private Node.Text key(Node node) throws UnreadableException {
    return switch (node) {
      case Node.Text text when text.value().equals("<<") -> {
        refuse("merge-key", "a merge key, '<<'");
        yield text;
      }
      case Node.Text text -> text;
      case Node.Numeral number -> new Node.Text(number.at(), number.literal());
      default -> {
        refuse("bad-key", "a key that is no text");
        yield new Node.Text(node.at(), "");
      }
    };
  }

  private static Position place(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
