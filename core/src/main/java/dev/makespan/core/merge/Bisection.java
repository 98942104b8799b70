package dev.makespan.core.merge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which members of a batch make it red, with few verifications: what to try next, and in
 * the end who landed. Members are numbers in merge order. The first try is of all; a red one is
 * halved until the first member is known with which it gets red, that one goes, and what is left is
 * tried again. With {@code c} culprits among {@code n} members that takes about {@code c · log2 n +
 * c + 1} verifications.
 *
 * <p>Of members that are red only together the later one is the culprit. A pure machine: whoever
 * uses it merges and verifies. Not thread-safe.
 */
public final class Bisection {

  private final List<Integer> members;
  private final Set<Integer> culprits = new LinkedHashSet<>();
  private int green;
  private int red;
  private boolean baseIsGreen;
  private boolean baseIsRed;

  /**
   * Of {@code size} members.
   *
   * @param baseIsGreen the base was verified before; otherwise it is tried before the first member
   *     is blamed
   */
  public Bisection(int size, boolean baseIsGreen) {
    this.members = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      members.add(i);
    }
    this.baseIsGreen = baseIsGreen;
    beginAnew();
  }

  /** Everything up to {@code green} is known to be good; all of it has not been tried. */
  private void beginAnew() {
    red = members.size() + 1;
  }

  /**
   * Members to merge and verify next, in this order, upon the base; empty: the base alone. Null: it
   * is over.
   */
  public @Nullable List<Integer> next() {
    if (baseIsRed || green == members.size()) {
      return null;
    }
    if (red > members.size()) {
      return List.copyOf(members);
    }
    if (red - green == 1) {
      return List.of();
    }
    return List.copyOf(members.subList(0, (green + red) >>> 1));
  }

  /** What came of verifying {@link #next()}. */
  public void tried(boolean wasGreen) {
    List<Integer> tried = next();
    if (tried == null) {
      throw new IllegalStateException("it is over");
    }
    if (tried.isEmpty()) {
      baseTried(wasGreen);
    } else if (wasGreen) {
      green = tried.size();
      baseIsGreen = true;
    } else {
      red = tried.size();
    }
    blameIfFound();
  }

  private void baseTried(boolean wasGreen) {
    baseIsGreen = wasGreen;
    baseIsRed = !wasGreen;
  }

  private void blameIfFound() {
    boolean found = !baseIsRed && red <= members.size() && red - green == 1;
    if (found && (green > 0 || baseIsGreen)) {
      culprits.add(members.get(green));
      members.subList(green, green + 1).clear();
      beginAnew();
    }
  }

  /** Whether what everything is merged into is red itself, so that nobody can be blamed. */
  public boolean isBaseRed() {
    return baseIsRed;
  }

  /** Members that are good together, in merge order; what landed once it is over. */
  public List<Integer> landed() {
    return baseIsRed ? List.of() : List.copyOf(members.subList(0, green));
  }

  /** Members to blame, in the order in which they were found. */
  public List<Integer> culprits() {
    return List.copyOf(culprits);
  }
}
