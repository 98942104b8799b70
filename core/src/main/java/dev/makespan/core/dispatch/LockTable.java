package dev.makespan.core.dispatch;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which files of one run: a tree of path segments, in which a plain path stands where it
 * ends and a glob where its first segment with a star begins. A question walks down one path and
 * looks at what could meet it: the globs on its way, the folders above, and all beneath.
 */
final class LockTable {

  private final Node root = new Node(null, "");

  /** One access that is held. */
  record Holding(int task, FileAccess access) {}

  /** What keeps somebody from getting a file. */
  record Conflict(FileAccess wanted, int holder) {}

  /** Who may hold a file together although one of them writes. */
  interface Sharing {
    boolean mayShare(FileAccess wanted, Holding held);
  }

  /** Told of holdings that conflict with an access. */
  interface Visitor {
    /** Whether this was enough. */
    boolean isEnough(Holding held);
  }

  /** One segment, with how many accesses are held here and beneath. */
  private static final class Node {
    private final @Nullable Node parent;
    private final String segment;
    private @Nullable Map<String, Node> children;
    private final List<Holding> plain = new ArrayList<>(1);
    private @Nullable List<Holding> globs;
    private int held;
    private int written;

    Node(@Nullable Node parent, String segment) {
      this.parent = parent;
      this.segment = segment;
    }

    @Nullable Node findChild(String segment) {
      return children == null ? null : children.get(segment);
    }

    Node child(String segment) {
      if (children == null) {
        children = new LinkedHashMap<>(2);
      }
      return children.computeIfAbsent(segment, name -> new Node(this, name));
    }

    List<Holding> holdings(boolean glob) {
      if (!glob) {
        return plain;
      }
      if (globs == null) {
        globs = new ArrayList<>(1);
      }
      return globs;
    }

    List<Holding> heldGlobs() {
      return globs == null ? List.of() : globs;
    }

    /** Whether anything here or beneath conflicts by its mode alone. */
    boolean mayConflict(FileMode wanted) {
      return wanted == FileMode.WRITE ? held > 0 : written > 0;
    }

    void count(int more, FileMode mode) {
      int moreWritten = mode == FileMode.WRITE ? more : 0;
      Node node = this;
      while (node != null) {
        node.held += more;
        node.written += moreWritten;
        Node above = node.parent;
        if (node.held == 0 && above != null && above.children != null) {
          above.children.remove(node.segment);
        }
        node = above;
      }
    }
  }

  boolean isEmpty() {
    return root.held == 0;
  }

  /** The first conflict of {@code wanted} with what is held; null: all are free. */
  @Nullable Conflict findConflict(List<FileAccess> wanted, Sharing sharing) {
    Conflict[] found = new Conflict[1];
    for (FileAccess access : wanted) {
      boolean conflicts =
          visit(
              access,
              held -> {
                if (sharing.mayShare(access, held)) {
                  return false;
                }
                found[0] = new Conflict(access, held.task());
                return true;
              });
      if (conflicts) {
        return found[0];
      }
    }
    return null;
  }

  /** Shows {@code visitor} what conflicts with {@code wanted}, until it has enough; whether so. */
  boolean visit(FileAccess wanted, Visitor visitor) {
    boolean glob = wanted.path().isGlob();
    String text = wanted.path().text();
    Node node = root;
    int begin = 0;
    while (node.mayConflict(wanted.mode())) {
      int end = endOfSegment(text, begin);
      boolean atEnd = begin > text.length() || (glob && hasStar(text, begin, end));
      if (atEnd) {
        return visitBeneath(node, wanted, glob, visitor);
      }
      if (visitAll(node.heldGlobs(), wanted, true, visitor)
          || visitAll(node.plain, wanted, false, visitor)) {
        return true;
      }
      Node next = node.findChild(text.substring(begin, end));
      if (next == null) {
        return false;
      }
      node = next;
      begin = end + 1;
    }
    return false;
  }

  private static boolean visitBeneath(Node node, FileAccess wanted, boolean look, Visitor visitor) {
    if (!node.mayConflict(wanted.mode())) {
      return false;
    }
    if (visitAll(node.plain, wanted, look, visitor)
        || visitAll(node.heldGlobs(), wanted, look, visitor)) {
      return true;
    }
    if (node.children != null) {
      for (Node child : node.children.values()) {
        if (visitBeneath(child, wanted, look, visitor)) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@code look}: whether their place in the tree does not yet say that the paths overlap. */
  private static boolean visitAll(
      List<Holding> held, FileAccess wanted, boolean look, Visitor visitor) {
    for (Holding holding : held) {
      boolean conflicts =
          holding.access().mode().conflictsWith(wanted.mode())
              && (!look || holding.access().path().overlaps(wanted.path()));
      if (conflicts && visitor.isEnough(holding)) {
        return true;
      }
    }
    return false;
  }

  void take(int task, List<FileAccess> accesses) {
    for (FileAccess access : accesses) {
      Node node = root;
      String text = access.path().text();
      int begin = 0;
      while (!endsAt(access.path(), begin)) {
        int end = endOfSegment(text, begin);
        node = node.child(text.substring(begin, end));
        begin = end + 1;
      }
      node.holdings(access.path().isGlob()).add(new Holding(task, access));
      node.count(1, access.mode());
    }
  }

  /** Gives back what was taken, each access once. */
  void release(int task, List<FileAccess> accesses) {
    for (FileAccess access : accesses) {
      Node node = findNode(access.path());
      if (node != null && node.holdings(access.path().isGlob()).remove(new Holding(task, access))) {
        node.count(-1, access.mode());
      }
    }
  }

  private @Nullable Node findNode(FilePattern path) {
    Node node = root;
    int begin = 0;
    while (node != null && !endsAt(path, begin)) {
      int end = endOfSegment(path.text(), begin);
      node = node.findChild(path.text().substring(begin, end));
      begin = end + 1;
    }
    return node;
  }

  /** Whether what has been walked of {@code path} before {@code begin} is its place in the tree. */
  private static boolean endsAt(FilePattern path, int begin) {
    String text = path.text();
    return begin > text.length()
        || (path.isGlob() && hasStar(text, begin, endOfSegment(text, begin)));
  }

  private static int endOfSegment(String text, int begin) {
    int slash = text.indexOf('/', begin);
    return slash < 0 ? text.length() : slash;
  }

  private static boolean hasStar(String text, int begin, int end) {
    int star = text.indexOf('*', begin);
    return star >= 0 && star < end;
  }
}
