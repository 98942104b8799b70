package dev.makespan.formats.agent;

import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.BatchSpec;
import dev.makespan.proto.agent.v1.MemberVerdict;

/** What an integrator merges, and what it says of it. */
final class BatchProto {

  private static final int MAX_VERIFICATIONS = 1_000_000;
  private static final int MAX_WIRED = 10_000;

  private BatchProto() {}

  static BatchSpec read(dev.makespan.proto.agent.v1.BatchSpec message) {
    return new BatchSpec(
        message.getMembersList().stream().map(BatchProto::member).toList(),
        message.getHead(),
        message.getPublishTo(),
        message.getPublish(),
        message.getWiringsList().stream().map(BatchProto::wiring).toList(),
        message.getRegenerate(),
        message.getVerify());
  }

  private static BatchSpec.Wiring wiring(dev.makespan.proto.agent.v1.Wiring message) {
    return new BatchSpec.Wiring(
        new TaskId(message.getProducer()),
        new TaskId(message.getConsumer()),
        message.getVia(),
        message.getCommand());
  }

  private static BatchSpec.Member member(dev.makespan.proto.agent.v1.BatchMember message) {
    return new BatchSpec.Member(
        new BatchMember(new TaskId(message.getTask()), message.getFence()),
        message.getTitle(),
        message.getBranch(),
        message.getCommit());
  }

  static dev.makespan.proto.agent.v1.BatchSpec toProto(BatchSpec batch) {
    var message =
        dev.makespan.proto.agent.v1.BatchSpec.newBuilder()
            .setHead(batch.head())
            .setPublishTo(batch.publishTo())
            .setPublish(batch.publish())
            .setRegenerate(batch.regenerate())
            .setVerify(batch.verify());
    for (BatchSpec.Wiring wiring : batch.wirings()) {
      message.addWirings(
          dev.makespan.proto.agent.v1.Wiring.newBuilder()
              .setProducer(wiring.producer().value())
              .setConsumer(wiring.consumer().value())
              .setVia(wiring.via())
              .setCommand(wiring.command()));
    }
    for (BatchSpec.Member member : batch.members()) {
      message.addMembers(
          dev.makespan.proto.agent.v1.BatchMember.newBuilder()
              .setTask(member.of().task().value())
              .setFence(member.of().fence())
              .setTitle(member.title())
              .setBranch(member.branch())
              .setCommit(member.commit()));
    }
    return message.build();
  }

  static BatchReport read(dev.makespan.proto.agent.v1.BatchReport message) {
    Fields.atMost("batch.members", message.getMembersCount(), Integration.MAX_BATCH);
    Fields.atMost("batch.wired", message.getWiredCount(), MAX_WIRED);
    Fields.atMost("batch.remade", message.getRemadeCount(), MemberOutcome.MAX_FILES);
    return new BatchReport(
        TracesProto.commit(message.getHead()),
        TracesProto.commit(message.getPublished()),
        message.getMembersList().stream().map(BatchProto::outcome).toList(),
        Fields.between("batch.verifications", 0, MAX_VERIFICATIONS, message.getVerifications()),
        Fields.text("batch.verified", message.getVerified(), MemberOutcome.MAX_REPORT),
        message.getWiredList().stream()
            .map(wired ->
                new Wired(new TaskId(wired.getProducer()), new TaskId(wired.getConsumer())))
            .toList(),
        message.getRemadeList().stream()
            .map(file -> Fields.text("batch.remade", file, AgentLimits.MAX_PATH))
            .toList());
  }

  private static MemberOutcome outcome(dev.makespan.proto.agent.v1.MemberOutcome message) {
    Fields.atMost("batch.members.files", message.getFilesCount(), MemberOutcome.MAX_FILES);
    return new MemberOutcome(
        new BatchMember(new TaskId(message.getTask()), message.getFence()),
        kind(message.getVerdict(), message.getVerdictValue()),
        Fields.text("batch.members.report", message.getReport(), MemberOutcome.MAX_REPORT),
        message.getFilesList().stream()
            .map(file -> Fields.text("batch.members.files", file, AgentLimits.MAX_PATH))
            .toList());
  }

  private static MemberOutcome.Kind kind(MemberVerdict verdict, int number) {
    return switch (verdict) {
      case MEMBER_VERDICT_LANDED -> MemberOutcome.Kind.LANDED;
      case MEMBER_VERDICT_CONFLICT -> MemberOutcome.Kind.CONFLICT;
      case MEMBER_VERDICT_RED -> MemberOutcome.Kind.RED;
      case MEMBER_VERDICT_LEFT -> MemberOutcome.Kind.LEFT;
      case MEMBER_VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          throw Fields.wrong("batch.members.verdict", "LANDED, CONFLICT, RED or LEFT", number);
    };
  }

  static dev.makespan.proto.agent.v1.BatchReport toProto(BatchReport report) {
    var message =
        dev.makespan.proto.agent.v1.BatchReport.newBuilder()
            .setHead(report.head())
            .setPublished(report.published())
            .setVerifications(report.verifications())
            .setVerified(report.verified())
            .addAllRemade(report.remade());
    for (Wired wired : report.wired()) {
      message.addWired(
          dev.makespan.proto.agent.v1.Wired.newBuilder()
              .setProducer(wired.producer().value())
              .setConsumer(wired.consumer().value()));
    }
    for (MemberOutcome outcome : report.members()) {
      message.addMembers(
          dev.makespan.proto.agent.v1.MemberOutcome.newBuilder()
              .setTask(outcome.member().task().value())
              .setFence(outcome.member().fence())
              .setVerdict(verdict(outcome.kind()))
              .setReport(outcome.report())
              .addAllFiles(outcome.files()));
    }
    return message.build();
  }

  private static MemberVerdict verdict(MemberOutcome.Kind kind) {
    return switch (kind) {
      case LANDED -> MemberVerdict.MEMBER_VERDICT_LANDED;
      case CONFLICT -> MemberVerdict.MEMBER_VERDICT_CONFLICT;
      case RED -> MemberVerdict.MEMBER_VERDICT_RED;
      case LEFT -> MemberVerdict.MEMBER_VERDICT_LEFT;
    };
  }
}
