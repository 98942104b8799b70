package dev.makespan.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTableTest {

  private static final String[] SEGMENTS = {"a", "b", "ab", "*", "a*", "**"};

  @Test
  void itFindsWhatAComparisonOfAllPairsFinds() {
    int conflicts = 0;
    for (long seed = 0; seed < 400; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      LockTable table = new LockTable();
      List<LockTable.Holding> held = new ArrayList<>();
      for (int step = 0; step < 60; step++) {
        change(table, held, step, chance);
        FileAccess wanted = access(chance);

        TreeSet<Integer> found = new TreeSet<>();
        boolean enough =
            table.visit(
                wanted,
                holding -> {
                  found.add(holding.task());
                  return false;
                });

        assertThat(enough).isFalse();
        assertThat(found).as("seed " + seed + ": " + wanted).isEqualTo(pairwise(wanted, held));
        conflicts += found.size();
      }
      held.forEach(h -> table.release(h.task(), List.of(h.access())));
      assertThat(table.isEmpty()).as("seed " + seed).isTrue();
    }
    assertThat(conflicts).isGreaterThan(10_000);
  }

  private static void change(
      LockTable table, List<LockTable.Holding> held, int task, SplittableRandom chance) {
    if (!held.isEmpty() && chance.nextInt(3) == 0) {
      LockTable.Holding gone = held.remove(chance.nextInt(held.size()));
      table.release(gone.task(), List.of(gone.access()));
    } else {
      FileAccess access = access(chance);
      table.take(task, List.of(access));
      held.add(new LockTable.Holding(task, access));
    }
  }

  private static FileAccess access(SplittableRandom chance) {
    List<String> segments = new ArrayList<>();
    int depth = 1 + chance.nextInt(4);
    for (int i = 0; i < depth; i++) {
      segments.add(SEGMENTS[chance.nextInt(chance.nextInt(3) == 0 ? SEGMENTS.length : 3)]);
    }
    List<FileMode> modes = List.of(FileMode.values());
    FileMode mode = modes.get(chance.nextInt(modes.size()));
    return new FileAccess(new FilePattern(String.join("/", segments)), mode);
  }

  private static Set<Integer> pairwise(FileAccess wanted, List<LockTable.Holding> held) {
    Set<Integer> tasks = new TreeSet<>();
    for (LockTable.Holding holding : held) {
      if (holding.access().conflictsWith(wanted)) {
        tasks.add(holding.task());
      }
    }
    return tasks;
  }

  @ParameterizedTest
  @CsvSource({
    "src, src/a.java, true",
    "src/a.java, src, true",
    "src, source/a.java, false",
    "src/*, src/a/b, false",
    "src/*, src, true",
    "src, src/**/a*.java, true",
    "src/a, src/*/b.java, false",
    "**/*.java, README.md, false",
    "src/**, src/a/b, true",
    "a/b, **/b/c, false",
    "a/b/c, **/b/c, true",
    "docs/*.md, docs/a.md, true",
    "docs/*.md, docs/a.txt, false",
  })
  void aFolderConflictsWithWhatIsBeneath(String held, String wanted, boolean conflicts) {
    LockTable table = new LockTable();
    table.take(1, List.of(write(held)));

    LockTable.Conflict conflict = table.findConflict(List.of(write(wanted)), (_, _) -> false);

    assertThat(conflict != null).isEqualTo(conflicts);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, READ, false",
    "APPEND, APPEND, false",
    "REGENERATE, REGENERATE, false",
    "WRITE, WRITE, true",
    "WRITE, READ, true",
    "APPEND, WRITE, true",
    "WRITE, REGENERATE, true",
  })
  void whoDoesNotWriteSharesWithItsLike(FileMode held, FileMode wanted, boolean conflicts) {
    FilePattern path = new FilePattern("CHANGELOG.md");
    LockTable table = new LockTable();
    table.take(1, List.of(new FileAccess(path, held)));

    LockTable.Conflict conflict =
        table.findConflict(List.of(new FileAccess(path, wanted)), (_, _) -> false);

    assertThat(conflict != null).isEqualTo(conflicts);
  }

  @Test
  void aQuestionLooksOnlyAtWhatCouldMeetIt() {
    LockTable table = new LockTable();
    for (int i = 0; i < 10_000; i++) {
      table.take(i, List.of(write("src/m" + i + "/f.java")));
    }
    List<Integer> asked = new ArrayList<>();

    LockTable.Conflict conflict =
        table.findConflict(
            List.of(write("src/m77/f.java"), write("lib/**")),
            (_, held) -> {
              asked.add(held.task());
              return true;
            });

    assertThat(conflict).isNull();
    assertThat(asked).containsExactly(77);
  }

  private static FileAccess write(String path) {
    return new FileAccess(new FilePattern(path), FileMode.WRITE);
  }
}
