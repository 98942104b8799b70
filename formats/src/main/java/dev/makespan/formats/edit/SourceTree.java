package dev.makespan.formats.edit;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A plan file that reads as a plan, with the place of each value in its text. */
final class SourceTree {

  private static final int READ_AHEAD = 1 << 20;

  private final String text;
  private final boolean wide;
  private final MappingNode root;

  /** {@code text}: of an accepted plan, so that it is one mapping without aliases. */
  SourceTree(String text) {
    this.text = text;
    this.wide = text.chars().anyMatch(c -> Character.isHighSurrogate((char) c));
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(READ_AHEAD)
            .build();
    this.root = (MappingNode) new Compose(settings).composeString(text).orElseThrow();
  }

  MappingNode root() {
    return root;
  }

  String text() {
    return text;
  }

  String textOf(Node node) {
    return text.substring(begin(node), end(node));
  }

  static Optional<Node> find(MappingNode mapping, String key) {
    return findEntry(mapping, key).map(NodeTuple::getValueNode);
  }

  static Optional<NodeTuple> findEntry(MappingNode mapping, String key) {
    return mapping.getValue().stream().filter(tuple -> nameOf(tuple).equals(key)).findFirst();
  }

  static String nameOf(NodeTuple tuple) {
    return valueOf(tuple.getKeyNode());
  }

  /** The text of a scalar; empty for what is none. */
  static String valueOf(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static List<Node> items(Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  static boolean isFlow(Node node) {
    return node instanceof CollectionNode<?> c && c.getFlowStyle() == FlowStyle.FLOW;
  }

  /** Whether keys of this mapping are quoted, as JSON asks. */
  static boolean isJson(MappingNode mapping) {
    return isFlow(mapping)
        && !mapping.getValue().isEmpty()
        && mapping.getValue().getFirst().getKeyNode() instanceof ScalarNode key
        && key.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED;
  }

  int begin(Node node) {
    return offset(node.getStartMark());
  }

  int column(Node node) {
    return node.getStartMark().map(Mark::getColumn).orElse(0);
  }

  /** Behind the last character that belongs to the value; what follows may be a comment. */
  int end(Node node) {
    return switch (node) {
      case SequenceNode list when !isFlow(list) ->
          list.getValue().isEmpty() ? begin(list) : end(list.getValue().getLast());
      case MappingNode map when !isFlow(map) ->
          map.getValue().isEmpty() ? begin(map) : end(map.getValue().getLast().getValueNode());
      case ScalarNode scalar when isBlock(scalar) -> trimmed(offset(node.getEndMark()));
      default -> offset(node.getEndMark());
    };
  }

  private static boolean isBlock(ScalarNode scalar) {
    return scalar.getScalarStyle() == ScalarStyle.LITERAL
        || scalar.getScalarStyle() == ScalarStyle.FOLDED;
  }

  private int trimmed(int end) {
    int at = end;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** The line break behind {@code at}, or the end of the text. */
  int lineEnd(int at) {
    int end = text.indexOf('\n', at);
    int last = end < 0 ? text.length() : end;
    return last > at && text.charAt(last - 1) == '\r' ? last - 1 : last;
  }

  int lineBegin(int at) {
    return text.lastIndexOf('\n', at - 1) + 1;
  }

  String lineBreak() {
    return text.contains("\r\n") ? "\r\n" : "\n";
  }

  private int offset(Optional<Mark> mark) {
    int index = mark.map(Mark::getIndex).orElse(0);
    return wide ? text.offsetByCodePoints(0, index) : index;
  }
}
