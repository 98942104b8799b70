package dev.makespan.cli;

import dev.makespan.proto.run.v1.Batch;
import dev.makespan.proto.run.v1.BatchEnded;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.MemberOutcome;
import dev.makespan.proto.run.v1.MemberVerdict;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunWiring;
import dev.makespan.proto.run.v1.WiredStub;
import java.util.ArrayList;
import java.util.List;

/** What is merged, for people. */
final class MergesText {

  /** How the attempts at merging are called among a run's events. */
  static final String INTEGRATION = "makespan-integration";

  private static final int SHOWN_COMMIT = 10;

  private MergesText() {}

  /** An event of the queue in one line; empty: not worth one. */
  static String of(RunEvent event) {
    return switch (event.getEventCase()) {
      case BATCH_FORMED ->
          event.getBatchFormed().getMembersCount() == 0
              ? ""
              : "merging " + tasks(event.getBatchFormed().getMembersList());
      case BATCH_ENDED -> ended(event.getBatchEnded());
      case MERGES_HELD ->
          "merging is held by %s: %s"
              .formatted(event.getMergesHeld().getBy(), event.getMergesHeld().getReason());
      case MERGES_RELEASED -> "merging goes on, says " + event.getMergesReleased().getBy();
      case MERGES_REORDERED ->
          "merged first: " + String.join(", ", event.getMergesReordered().getFirstList());
      default -> "";
    };
  }

  /** An event of an attempt at merging; empty: not worth a line. */
  static String ofIntegration(RunEvent event) {
    return switch (event.getEventCase()) {
      case ATTEMPT_FAILED -> "merging failed: " + event.getAttemptFailed().getMessage();
      case TASK_RETURNED -> "merging begins anew: " + event.getTaskReturned().getReason();
      case TASK_HELD -> "merging waits for a person: " + event.getTaskHeld().getReason();
      default -> "";
    };
  }

  private static String ended(BatchEnded ended) {
    List<String> parts = new ArrayList<>();
    for (MemberOutcome member : ended.getMembersList()) {
      if (member.getVerdict() == MemberVerdict.MEMBER_VERDICT_LANDED) {
        parts.add(member.getMember().getTask());
      }
    }
    String landed =
        parts.isEmpty()
            ? ""
            : "landed " + String.join(", ", parts) + " in " + shown(ended.getHead());
    List<String> back = new ArrayList<>();
    for (MemberOutcome member : ended.getMembersList()) {
      String why = word(member);
      if (!why.isEmpty()) {
        back.add(member.getMember().getTask() + " " + why);
      }
    }
    for (WiredStub stub : ended.getWiredList()) {
      back.add("wired %s to %s".formatted(stub.getProducer(), stub.getConsumer()));
    }
    return String.join("; ", landed.isEmpty() ? back : with(landed, back));
  }

  private static List<String> with(String first, List<String> more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(more);
    return all;
  }

  private static String word(MemberOutcome member) {
    return switch (member.getVerdict()) {
      case MEMBER_VERDICT_CONFLICT ->
          "conflicts in " + String.join(", ", member.getFilesList()) + " and goes back";
      case MEMBER_VERDICT_RED -> "makes it red and goes back";
      case MEMBER_VERDICT_LANDED, MEMBER_VERDICT_LEFT, MEMBER_VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          "";
    };
  }

  private static String tasks(List<BatchMember> members) {
    return String.join(", ", members.stream().map(BatchMember::getTask).toList());
  }

  static String shown(String commit) {
    return commit.length() > SHOWN_COMMIT ? commit.substring(0, SHOWN_COMMIT) : commit;
  }

  /** The whole queue of a run. */
  static String of(Run run) {
    if (!run.hasMerges()) {
      return "run %d merges nothing: its plan has no workspace, or it is simulated%n"
          .formatted(run.getId());
    }
    MergeQueue merges = run.getMerges();
    StringBuilder text = new StringBuilder();
    text.append("Merged into %s".formatted(merges.getBranch()));
    text.append(merges.getHead().isEmpty() ? ": nothing yet" : ": " + shown(merges.getHead()));
    text.append(merges.getHead().equals(merges.getPublished()) ? "\n" : " (the branch follows)\n");
    if (merges.hasHold()) {
      text.append(
          "held by %s since %s: %s%n"
              .formatted(
                  merges.getHold().getBy(),
                  Texts.time(Protos.instant(merges.getHold().getSinceTime())),
                  merges.getHold().getReason()));
    }
    if (!merges.getTrouble().isEmpty()) {
      text.append("trouble: %s%n".formatted(merges.getTrouble()));
    }
    if (!merges.getAgent().isEmpty()) {
      text.append(
          "%s merges %s%n".formatted(merges.getAgent(), orBranch(tasks(merges.getBatchList()))));
    }
    if (merges.getWaitingCount() > 0) {
      text.append("waiting: %s%n".formatted(tasks(merges.getWaitingList())));
    }
    for (int i = 0; i < merges.getWiringsCount(); i++) {
      text.append(wiring(i + 1, merges.getWirings(i)));
    }
    merges.getBatchesList().stream()
        .filter(batch -> batch.getMembersCount() > 0)
        .forEach(batch -> text.append(batch(batch)));
    return text.toString();
  }

  private static String wiring(int order, RunWiring wiring) {
    String how =
        switch (wiring.getProgress()) {
          case WIRING_PROGRESS_WAITS -> "waits until both have landed";
          case WIRING_PROGRESS_NEXT -> "is wired with the batch that is being merged";
          case WIRING_PROGRESS_BY_PEOPLE -> "both have landed, to be wired by people";
          case WIRING_PROGRESS_WIRED -> "wired";
          case WIRING_PROGRESS_OFF -> "off, a side was skipped";
          case WIRING_PROGRESS_UNSPECIFIED, UNRECOGNIZED -> "unknown to this command";
        };
    return "wiring %d: %s to %s via %s: %s%n"
        .formatted(order, wiring.getProducer(), wiring.getConsumer(), wiring.getVia(), how);
  }

  private static String orBranch(String tasks) {
    return tasks.isEmpty() ? "nothing, and moves the branch" : tasks;
  }

  private static String batch(Batch batch) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%nbatch %d: %s, verified %s%n"
            .formatted(
                batch.getNumber(),
                shown(batch.getHead()).isEmpty() ? "nothing landed" : shown(batch.getHead()),
                batch.getVerifications() == 1 ? "once" : batch.getVerifications() + " times"));
    for (MemberOutcome member : batch.getMembersList()) {
      String verdict = MergesJson.verdict(member);
      String files =
          member.getFilesCount() == 0 ? "" : " in " + String.join(", ", member.getFilesList());
      text.append("  %-9s %s%s%n".formatted(verdict, member.getMember().getTask(), files));
      member
          .getReport()
          .lines()
          .limit(5)
          .forEach(line -> text.append("            ").append(line).append('\n'));
    }
    for (WiredStub stub : batch.getWiredList()) {
      text.append("  %-9s %s to %s%n".formatted("wired", stub.getProducer(), stub.getConsumer()));
    }
    if (batch.getRemadeCount() > 0) {
      text.append("  %-9s %s%n".formatted("made anew", String.join(", ", batch.getRemadeList())));
    }
    return text.toString();
  }
}
