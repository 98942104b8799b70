package dev.makespan.formats.run;

import dev.makespan.core.dispatch.Reason;
import dev.makespan.formats.analysis.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a task is not running, as sentences. */
final class ReasonText {

  private ReasonText() {}

  static String of(Reason reason, Instant now) {
    return switch (reason) {
      case Reason.NeedOpen r ->
          "needs %s%s, which is %s%s"
              .formatted(
                  r.task(),
                  r.milestone() == null ? "" : "." + r.milestone(),
                  r.state().toLowerCase(Locale.ROOT),
                  expected(r.expectedAt(), now));
      case Reason.PhaseClosed r -> phase(r) + expected(r.expectedAt(), now);
      case Reason.LockHeld r -> lock(r, now);
      case Reason.ResourceShort r ->
          "wants %d of %s, of which %d of %d are free%s"
              .formatted(
                  r.wanted(), r.resource(), r.free(), r.capacity(), expected(r.expectedAt(), now));
      case Reason.NoAgent r -> agents(r) + expected(r.expectedAt(), now);
      case Reason.BackingOff r ->
          "pauses for %s before the next attempt: %s".formatted(in(r.until(), now), r.why());
      case Reason.BlockerOpen r ->
          "asks (%s): %s%s".formatted(r.blocker(), r.text(), r.kept() ? "; its agent waits" : "");
      case Reason.ApprovalMissing r -> "waits for approval: " + String.join(", ", r.approvals());
      case Reason.NeedsPerson r -> "needs a person: " + r.why();
      case Reason.RunIsPaused r -> "the run is paused" + why(r.why());
      case Reason.BudgetSpent r ->
          "the %s budget is used up: %s"
              .formatted(r.task() == null ? "run's" : "task's", r.limit().text());
      case Reason.WaitsForMerge r -> merge(r);
      case Reason.RunIsCancelling r -> "the run is being cancelled" + why(r.why());
      case Reason.Stopping r -> "agent " + r.agent() + " has been told to stop";
      case Reason.Claimed r ->
          "%s is kept for %s, which %s%s"
              .formatted(
                  r.what(),
                  r.by(),
                  r.live() ? "runs and has asked for it" : "has waited longest",
                  expected(r.expectedAt(), now));
      case Reason.NextInLine _ -> "is next in line";
    };
  }

  private static String phase(Reason.PhaseClosed r) {
    List<String> parts = new ArrayList<>();
    if (r.openTasks() > 0) {
      parts.add(Figures.count(r.openTasks(), "task") + " of it to be done");
    }
    if (!r.closedGates().isEmpty()) {
      parts.add("approval of its checkpoint: " + String.join(", ", r.closedGates()));
    }
    return "phase %s comes first, and waits for %s"
        .formatted(r.phase(), String.join(", then ", parts));
  }

  private static String lock(Reason.LockHeld r, Instant now) {
    String lease =
        r.leaseUntil() == null
            ? "; its work is reported and not accepted yet"
            : "; the lease ends in " + in(r.leaseUntil(), now) + " unless renewed";
    return "%s is locked by %s on %s for %s%s%s"
        .formatted(
            r.path(),
            r.holder(),
            r.agent(),
            in(now, r.since()),
            lease,
            expected(r.expectedAt(), now));
  }

  private static String merge(Reason.WaitsForMerge r) {
    List<String> parts = new ArrayList<>();
    parts.add(
        r.position() == 0
            ? "is being merged" + (r.agent() == null ? "" : " by " + r.agent())
            : "waits to be merged, number %d of %d".formatted(r.position(), r.waiting()));
    if (!r.hold().isEmpty()) {
      parts.add("merging is held by " + r.hold());
    }
    if (!r.trouble().isEmpty()) {
      parts.add("merging has trouble: " + r.trouble());
    }
    if (r.agent() != null && r.position() > 0) {
      parts.add(r.agent() + " merges others before it");
    } else if (r.agent() == null && r.integrators() == 0) {
      parts.add("no agent that merges is there");
    }
    return String.join("; ", parts);
  }

  private static String agents(Reason.NoAgent r) {
    if (r.connected() == 0) {
      return "no agent with role " + r.role() + " is connected";
    }
    List<String> parts = new ArrayList<>();
    add(parts, r.busy(), "busy");
    add(parts, r.resting(), "resting from this task");
    add(parts, r.draining(), "draining");
    add(parts, r.silent(), "silent");
    add(parts, r.paused(), "paused");
    return "no agent with role %s is free: of %d %s"
        .formatted(r.role(), r.connected(), String.join(", ", parts));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + (count == 1 ? " is " : " are ") + what);
    }
  }

  private static String why(String reason) {
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private static String expected(@Nullable Instant at, Instant now) {
    if (at == null) {
      return "";
    }
    return at.isAfter(now) ? ", expected in " + in(at, now) : ", expected at any moment";
  }

  private static String in(Instant later, Instant earlier) {
    Duration between = Duration.between(earlier, later);
    return Figures.duration(between.isNegative() ? Duration.ZERO : between);
  }
}
