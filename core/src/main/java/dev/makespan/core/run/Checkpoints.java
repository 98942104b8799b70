package dev.makespan.core.run;

import dev.makespan.core.plan.Gate;
import dev.makespan.core.plan.Phase;
import dev.makespan.core.plan.PhaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gates behind the phases of a run, each opened by a person. In a simulated run all of them
 * count as open. Phases are numbered in the plan's order.
 */
public final class Checkpoints {

  static final int NO_PHASE = -1;

  private final RunSpec spec;
  private final Map<Key, Approval> given;

  private record Key(PhaseId phase, String gate) {}

  private record Approval(String by, String note, Instant at) {}

  /**
   * One gate of one phase.
   *
   * @param gate an approval's name; other gates as the plan's messages show them
   * @param isReached every task of the phase is done
   * @param by empty: nobody has approved it
   * @param approvedAt null: nobody has approved it
   */
  public record Checkpoint(
      PhaseId phase,
      String gate,
      boolean isReached,
      String by,
      String note,
      @Nullable Instant approvedAt) {

    public boolean isOpen() {
      return approvedAt != null;
    }
  }

  Checkpoints(RunSpec spec) {
    this(spec, new LinkedHashMap<>());
  }

  private Checkpoints(RunSpec spec, Map<Key, Approval> given) {
    this.spec = spec;
    this.given = given;
  }

  Checkpoints copy() {
    return of(spec);
  }

  /** What was approved stays so in an amended plan. */
  Checkpoints of(RunSpec amended) {
    return new Checkpoints(amended, new LinkedHashMap<>(given));
  }

  /** How a gate is called when it is approved. */
  public static String nameOf(Gate gate) {
    return gate instanceof Gate.Approval approval ? approval.name() : gate.toString();
  }

  /** Whether all gates of a phase are open, or it has none. */
  public boolean isOpen(int phase) {
    return missing(phase).isEmpty();
  }

  /** The gates of a phase that nobody has approved. */
  public List<String> missing(int phase) {
    Phase of = spec.plan().phases().get(phase);
    if (of.checkpoint().isEmpty() || spec.simulated()) {
      return List.of();
    }
    return of.checkpoint().stream()
        .map(Checkpoints::nameOf)
        .filter(gate -> !given.containsKey(new Key(of.id(), gate)))
        .toList();
  }

  /** The number of the phase with this id, or {@link #NO_PHASE}. */
  int phaseOf(PhaseId id) {
    List<Phase> phases = spec.plan().phases();
    for (int p = 0; p < phases.size(); p++) {
      if (phases.get(p).id().equals(id)) {
        return p;
      }
    }
    return NO_PHASE;
  }

  void approve(RunEvent.CheckpointApproved event, Instant at) {
    Approval approval = new Approval(event.by(), event.note(), at);
    given.putIfAbsent(new Key(event.phase(), event.gate()), approval);
  }

  /** Whether a gate that somebody has to approve is not open in any phase. */
  boolean isAnyClosed() {
    for (int p = 0; p < spec.plan().phases().size(); p++) {
      if (!isOpen(p)) {
        return true;
      }
    }
    return false;
  }

  List<Checkpoint> all(Run run) {
    List<Checkpoint> all = new ArrayList<>();
    for (int p = 0; p < spec.plan().phases().size(); p++) {
      Phase phase = spec.plan().phases().get(p);
      for (Gate gate : phase.checkpoint()) {
        String name = nameOf(gate);
        Approval approval = given.get(new Key(phase.id(), name));
        boolean reached = run.openInPhase(p) == 0;
        all.add(
            approval == null
                ? new Checkpoint(phase.id(), name, reached, "", "", null)
                : new Checkpoint(
                    phase.id(), name, reached, approval.by(), approval.note(), approval.at()));
      }
    }
    return all;
  }
}
