package dev.makespan.agent.runner;

import dev.makespan.agent.workspace.AttemptProblem;
import dev.makespan.agent.workspace.MergeSite;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.BatchSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes of merged members what may become the head: wires the stubs whose both sides are there,
 * makes files anew that are never merged, and verifies exactly what is committed. Of one thread.
 */
final class BatchFinish {

  private static final int LINES = 100;
  private static final int CHARACTERS = 8_000;

  private final BatchSpec batch;
  private final MergeSite site;
  private final GateTrials.Trial trial;
  private final Consumer<String> note;
  private final Map<List<Integer>, Green> green = new LinkedHashMap<>();
  private int verifications;

  BatchFinish(BatchSpec batch, MergeSite site, GateTrials.Trial trial, Consumer<String> note) {
    this.batch = batch;
    this.site = site;
    this.trial = trial;
    this.note = note;
  }

  /** What came of trying some members. */
  sealed interface Try {}

  /**
   * They are good together.
   *
   * @param commit with all of it
   * @param words the last ones of the command that verifies
   */
  record Green(String commit, List<Wired> wired, List<String> remade, String words) implements Try {
    Green {
      wired = List.copyOf(wired);
      remade = List.copyOf(remade);
    }
  }

  /**
   * They are not.
   *
   * @param step that failed, as in "'make test' is red"
   */
  record Red(String step, String words) implements Try {}

  /** How a command ended. */
  private record Ran(boolean isGreen, String words) {}

  /** How often the command that verifies was run. */
  int verifications() {
    return verifications;
  }

  /** What was made of members that were tried and green. */
  Green greenOf(List<Integer> members) {
    return Objects.requireNonNull(green.get(members));
  }

  /** Tries members whose merge is {@code commit}; none: what they are merged into. */
  Try of(List<Integer> members, String commit)
      throws AttemptProblem, IOException, InterruptedException {
    site.stand(commit);
    List<Wired> wired = new ArrayList<>();
    for (BatchSpec.Wiring wiring : wirings(members)) {
      Red red = wire(wiring);
      if (red != null) {
        return red;
      }
      wired.add(new Wired(wiring.producer(), wiring.consumer()));
    }
    List<String> remade = new ArrayList<>();
    if (!batch.regenerate().isEmpty()) {
      Red red = makeAnew(remade);
      if (red != null) {
        return red;
      }
    }
    String made = site.head();
    Ran verified = verify(members, made);
    if (!verified.isGreen()) {
      return new Red("'%s' is red".formatted(batch.verify()), verified.words());
    }
    Green found = new Green(made, wired, capped(remade), verified.words());
    green.put(List.copyOf(members), found);
    return found;
  }

  private @Nullable Red makeAnew(List<String> remade)
      throws AttemptProblem, IOException, InterruptedException {
    note.accept("making files anew");
    Ran ran = run(batch.regenerate());
    if (!ran.isGreen()) {
      return new Red(
          "'%s', which makes files anew, fails".formatted(batch.regenerate()), ran.words());
    }
    remade.addAll(site.keepRegenerated("Make files anew: " + batch.regenerate()));
    return null;
  }

  private static List<String> capped(List<String> files) {
    return files.stream().limit(MemberOutcome.MAX_FILES).toList();
  }

  /** Those of which no side is a member that is not among these; none for the base alone. */
  private List<BatchSpec.Wiring> wirings(List<Integer> members) {
    Set<TaskId> missing = new LinkedHashSet<>();
    for (int i = 0; i < batch.members().size(); i++) {
      if (!members.contains(i)) {
        missing.add(batch.members().get(i).of().task());
      }
    }
    boolean isBase = members.isEmpty() && !batch.members().isEmpty();
    return isBase
        ? List.of()
        : batch.wirings().stream()
            .filter(w -> !missing.contains(w.producer()) && !missing.contains(w.consumer()))
            .toList();
  }

  private @Nullable Red wire(BatchSpec.Wiring wiring)
      throws AttemptProblem, IOException, InterruptedException {
    String both = "%s to %s via %s".formatted(wiring.producer(), wiring.consumer(), wiring.via());
    note.accept("wiring " + both);
    Ran ran = run(wiring.command());
    if (!ran.isGreen()) {
      return new Red("wiring %s by '%s' fails".formatted(both, wiring.command()), ran.words());
    }
    site.keep("Wire " + both);
    return null;
  }

  private Ran verify(List<Integer> members, String commit)
      throws AttemptProblem, IOException, InterruptedException {
    if (batch.verify().isEmpty()) {
      return new Ran(true, "");
    }
    // Exactly what is committed: without what the commands before have left beside it.
    site.stand(commit);
    verifications++;
    note.accept("verifying %d of %d".formatted(members.size(), batch.members().size()));
    return run(batch.verify());
  }

  private Ran run(String command) throws IOException, InterruptedException {
    GateTrials.Ended ended = trial.run(List.of("sh", "-c", command));
    return new Ran(
        ended.exitCode() == 0, String.join("\n", ended.output().lastLines(LINES, CHARACTERS)));
  }
}
