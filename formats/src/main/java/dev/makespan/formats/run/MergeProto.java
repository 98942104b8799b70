package dev.makespan.formats.run;

import dev.makespan.core.merge.Batch;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.MergeView;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.WiringPoint;
import dev.makespan.core.task.AgentId;
import dev.makespan.proto.run.v1.BatchEnded;
import dev.makespan.proto.run.v1.BatchFormed;
import dev.makespan.proto.run.v1.MemberVerdict;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.MergesReordered;
import dev.makespan.proto.run.v1.RunWiring;
import dev.makespan.proto.run.v1.WiredStub;
import dev.makespan.proto.run.v1.WiringProgress;
import java.util.List;

/** What waits to be merged and what has landed, from and to proto. */
public final class MergeProto {

  private MergeProto() {}

  public static MergeQueue toProto(MergeView view) {
    MergeQueue.Builder message =
        MergeQueue.newBuilder()
            .setBranch(view.branch())
            .addAllWaiting(members(view.waiting()))
            .addAllBatch(members(view.batch()))
            .setHead(view.head())
            .setPublished(view.published())
            .setTrouble(view.trouble());
    AgentId agent = view.agent();
    if (agent != null) {
      message.setAgent(agent.value());
    }
    dev.makespan.core.merge.MergeHold hold = view.hold();
    if (hold != null) {
      message.setHold(
          dev.makespan.proto.run.v1.MergeHold.newBuilder()
              .setReason(hold.reason())
              .setBy(hold.by())
              .setSinceTime(Times.toProto(hold.since())));
    }
    view.wirings().forEach(point -> message.addWirings(toProto(point)));
    view.ended().forEach(batch -> message.addBatches(toProto(batch)));
    return message.build();
  }

  /** The queue as {@link #toProto(MergeView)} wrote it. */
  public static MergeView fromProto(MergeQueue message) {
    dev.makespan.proto.run.v1.MergeHold hold = message.getHold();
    return new MergeView(
        message.getBranch(),
        message.getWaitingList().stream().map(MergeProto::member).toList(),
        message.getBatchList().stream().map(MergeProto::member).toList(),
        message.getAgent().isEmpty() ? null : new AgentId(message.getAgent()),
        message.getHead(),
        message.getPublished(),
        message.hasHold()
            ? new dev.makespan.core.merge.MergeHold(
                hold.getReason(), hold.getBy(), Times.fromProto(hold.getSinceTime()))
            : null,
        message.getTrouble(),
        message.getWiringsList().stream().map(MergeProto::wiring).toList(),
        message.getBatchesList().stream().map(MergeProto::batch).toList());
  }

  private static RunWiring toProto(WiringPoint point) {
    String wire = point.stub().wire();
    return RunWiring.newBuilder()
        .setProducer(point.producer().value())
        .setConsumer(point.consumer().value())
        .setVia(point.stub().via())
        .setWire(wire == null ? "" : wire)
        .setProgress(
            switch (point.progress()) {
              case WAITS -> WiringProgress.WIRING_PROGRESS_WAITS;
              case NEXT -> WiringProgress.WIRING_PROGRESS_NEXT;
              case BY_PEOPLE -> WiringProgress.WIRING_PROGRESS_BY_PEOPLE;
              case WIRED -> WiringProgress.WIRING_PROGRESS_WIRED;
              case OFF -> WiringProgress.WIRING_PROGRESS_OFF;
            })
        .build();
  }

  private static WiringPoint wiring(RunWiring message) {
    TaskId producer = new TaskId(message.getProducer());
    return new WiringPoint(
        producer,
        new TaskId(message.getConsumer()),
        new Stub(
            producer, message.getVia(), message.getWire().isEmpty() ? null : message.getWire()),
        switch (message.getProgress()) {
          case WIRING_PROGRESS_WAITS -> WiringPoint.Progress.WAITS;
          case WIRING_PROGRESS_NEXT -> WiringPoint.Progress.NEXT;
          case WIRING_PROGRESS_BY_PEOPLE -> WiringPoint.Progress.BY_PEOPLE;
          case WIRING_PROGRESS_WIRED -> WiringPoint.Progress.WIRED;
          case WIRING_PROGRESS_OFF -> WiringPoint.Progress.OFF;
          case WIRING_PROGRESS_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException(
                  "progress: expected one, was " + message.getProgress());
        });
  }

  private static WiredStub wired(Wired wired) {
    return WiredStub.newBuilder()
        .setProducer(wired.producer().value())
        .setConsumer(wired.consumer().value())
        .build();
  }

  private static Wired wired(WiredStub message) {
    return new Wired(new TaskId(message.getProducer()), new TaskId(message.getConsumer()));
  }

  private static dev.makespan.proto.run.v1.Batch toProto(Batch batch) {
    BatchReport report = batch.report();
    return dev.makespan.proto.run.v1.Batch.newBuilder()
        .setNumber(batch.number())
        .setFence(batch.fence())
        .setFormTime(Times.toProto(batch.formedAt()))
        .setEndTime(Times.toProto(batch.endedAt()))
        .setHead(report.head())
        .setPublished(report.published())
        .addAllMembers(outcomes(report))
        .setVerifications(report.verifications())
        .setVerified(report.verified())
        .addAllWired(report.wired().stream().map(MergeProto::wired).toList())
        .addAllRemade(report.remade())
        .build();
  }

  private static Batch batch(dev.makespan.proto.run.v1.Batch message) {
    return new Batch(
        message.getNumber(),
        message.getFence(),
        Times.fromProto(message.getFormTime()),
        Times.fromProto(message.getEndTime()),
        new BatchReport(
            message.getHead(),
            message.getPublished(),
            message.getMembersList().stream().map(MergeProto::outcome).toList(),
            message.getVerifications(),
            message.getVerified(),
            message.getWiredList().stream().map(MergeProto::wired).toList(),
            message.getRemadeList()));
  }

  static BatchFormed formed(RunEvent.BatchFormed event) {
    return BatchFormed.newBuilder()
        .setFence(event.fence())
        .addAllMembers(members(event.members()))
        .build();
  }

  static RunEvent.BatchFormed formed(BatchFormed message) {
    return new RunEvent.BatchFormed(
        message.getFence(), message.getMembersList().stream().map(MergeProto::member).toList());
  }

  static BatchEnded ended(RunEvent.BatchEnded event) {
    BatchReport report = event.report();
    return BatchEnded.newBuilder()
        .setFence(event.fence())
        .setHead(report.head())
        .setPublished(report.published())
        .addAllMembers(outcomes(report))
        .setVerifications(report.verifications())
        .setVerified(report.verified())
        .addAllWired(report.wired().stream().map(MergeProto::wired).toList())
        .addAllRemade(report.remade())
        .build();
  }

  static RunEvent.BatchEnded ended(BatchEnded message) {
    return new RunEvent.BatchEnded(
        message.getFence(),
        new BatchReport(
            message.getHead(),
            message.getPublished(),
            message.getMembersList().stream().map(MergeProto::outcome).toList(),
            message.getVerifications(),
            message.getVerified(),
            message.getWiredList().stream().map(MergeProto::wired).toList(),
            message.getRemadeList()));
  }

  static MergesReordered reordered(RunEvent.MergesReordered event) {
    return MergesReordered.newBuilder()
        .addAllFirst(event.first().stream().map(TaskId::value).toList())
        .setBy(event.by())
        .build();
  }

  static RunEvent.MergesReordered reordered(MergesReordered message) {
    return new RunEvent.MergesReordered(
        message.getFirstList().stream().map(TaskId::new).toList(), message.getBy());
  }

  private static List<dev.makespan.proto.run.v1.BatchMember> members(List<BatchMember> members) {
    return members.stream().map(MergeProto::member).toList();
  }

  private static dev.makespan.proto.run.v1.BatchMember member(BatchMember member) {
    return dev.makespan.proto.run.v1.BatchMember.newBuilder()
        .setTask(member.task().value())
        .setFence(member.fence())
        .build();
  }

  private static BatchMember member(dev.makespan.proto.run.v1.BatchMember message) {
    return new BatchMember(new TaskId(message.getTask()), message.getFence());
  }

  private static List<dev.makespan.proto.run.v1.MemberOutcome> outcomes(BatchReport report) {
    return report.members().stream()
        .map(outcome ->
            dev.makespan.proto.run.v1.MemberOutcome.newBuilder()
                .setMember(member(outcome.member()))
                .setVerdict(verdict(outcome.kind()))
                .setReport(outcome.report())
                .addAllFiles(outcome.files())
                .build())
        .toList();
  }

  private static MemberOutcome outcome(dev.makespan.proto.run.v1.MemberOutcome message) {
    return new MemberOutcome(
        member(message.getMember()),
        kind(message.getVerdict()),
        message.getReport(),
        message.getFilesList());
  }

  private static MemberVerdict verdict(MemberOutcome.Kind kind) {
    return switch (kind) {
      case LANDED -> MemberVerdict.MEMBER_VERDICT_LANDED;
      case CONFLICT -> MemberVerdict.MEMBER_VERDICT_CONFLICT;
      case RED -> MemberVerdict.MEMBER_VERDICT_RED;
      case LEFT -> MemberVerdict.MEMBER_VERDICT_LEFT;
    };
  }

  private static MemberOutcome.Kind kind(MemberVerdict verdict) {
    return switch (verdict) {
      case MEMBER_VERDICT_LANDED -> MemberOutcome.Kind.LANDED;
      case MEMBER_VERDICT_CONFLICT -> MemberOutcome.Kind.CONFLICT;
      case MEMBER_VERDICT_RED -> MemberOutcome.Kind.RED;
      case MEMBER_VERDICT_LEFT -> MemberOutcome.Kind.LEFT;
      case MEMBER_VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("verdict: expected one, was " + verdict);
    };
  }
}
