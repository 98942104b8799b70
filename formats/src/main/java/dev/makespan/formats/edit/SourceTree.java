package dev.makespan.formats.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
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
  private final int[] offsets;
  private final List<Comment> comments;
  private final MappingNode root;

  /** {@code text}: of an accepted plan, so that it is one mapping without aliases. */
  SourceTree(String text) {
    this.text = text;
    this.offsets = offsets(text);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(READ_AHEAD)
            .build();
    this.root = (MappingNode) new Compose(settings).composeString(text).orElseThrow();
    this.comments =
        comments(
            LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(READ_AHEAD)
                .setParseComments(true)
                .build());
  }

  private record Comment(int begin, String text) {}

  /** The comments between two places, each with its mark. */
  List<String> comments(int begin, int end) {
    return comments.stream()
        .filter(comment -> comment.begin() >= begin && comment.begin() < end)
        .map(Comment::text)
        .toList();
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
    return offsets.length == 0 ? index : offsets[index];
  }

  /** Where each code point begins; nothing where that is its number. */
  private static int[] offsets(String text) {
    if (text.chars().noneMatch(c -> Character.isHighSurrogate((char) c))) {
      return new int[0];
    }
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = at;
      at += at < text.length() ? Character.charCount(text.codePointAt(at)) : 0;
    }
    return offsets;
  }

  private List<Comment> comments(LoadSettings settings) {
    List<Comment> found = new ArrayList<>();
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CommentEvent comment
          && comment.getCommentType() != CommentType.BLANK_LINE) {
        int begin = offset(comment.getStartMark());
        found.add(new Comment(begin, text.substring(begin, lineEnd(begin)).stripTrailing()));
      }
    }
    return found;
  }
}
