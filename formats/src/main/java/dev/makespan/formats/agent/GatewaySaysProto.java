package dev.makespan.formats.agent;

import dev.makespan.core.session.GatewaySays;
import dev.makespan.proto.agent.v1.Cancel;
import dev.makespan.proto.agent.v1.ConnectResponse;
import dev.makespan.proto.agent.v1.GoAway;
import dev.makespan.proto.agent.v1.HeldDecision;
import dev.makespan.proto.agent.v1.Lease;
import dev.makespan.proto.agent.v1.Nack;
import dev.makespan.proto.agent.v1.Pause;
import dev.makespan.proto.agent.v1.ResultAck;
import dev.makespan.proto.agent.v1.ResultVerdict;
import dev.makespan.proto.agent.v1.Resume;
import dev.makespan.proto.agent.v1.Retract;
import dev.makespan.proto.agent.v1.Warning;
import dev.makespan.proto.agent.v1.Welcome;
import java.util.List;

/** What gateways say. */
final class GatewaySaysProto {

  private GatewaySaysProto() {}

  static GatewaySays read(ConnectResponse message) {
    return switch (message.getMessageCase()) {
      case WELCOME -> welcome(message.getWelcome());
      case ASSIGN -> AssignProto.read(message.getAssign());
      case LEASE -> lease(message.getLease());
      case CANCEL -> cancel(message.getCancel());
      case RETRACT -> new GatewaySays.Retract(Fields.ref(message.getRetract().getTask()));
      case RESULT_ACK -> resultAck(message.getResultAck());
      case GO_AWAY -> new GatewaySays.GoAway(line("reason", message.getGoAway().getReason()));
      case NACK -> new GatewaySays.Nack(line("reason", message.getNack().getReason()));
      case ANSWER -> QuestionProto.read(message.getAnswer());
      case PAUSE -> new GatewaySays.Pause(line("reason", message.getPause().getReason()));
      case RESUME -> new GatewaySays.Resume();
      case WARNING ->
          new GatewaySays.Warning(
              Fields.ref(message.getWarning().getTask()),
              line("text", message.getWarning().getText()));
      case MESSAGE_NOT_SET ->
          throw Fields.wrong(
              "message", "one that protocol version 1 knows", "another, or unreadable");
    };
  }

  private static GatewaySays welcome(Welcome welcome) {
    List<GatewaySays.HeldDecision> held =
        welcome.getHeldList().stream()
            .map(one -> new GatewaySays.HeldDecision(Fields.ref(one.getTask()), one.getContinue()))
            .toList();
    return new GatewaySays.Welcome(
        held,
        Fields.duration("status_interval", welcome.getStatusInterval()),
        Fields.duration("lease", welcome.getLease()),
        Fields.duration("delivery_timeout", welcome.getDeliveryTimeout()));
  }

  private static GatewaySays lease(Lease lease) {
    return lease.hasRenewedFor()
        ? new GatewaySays.LeaseRenewed(
            Fields.ref(lease.getTask()), Fields.duration("renewed_for", lease.getRenewedFor()))
        : new GatewaySays.LeaseLost(Fields.ref(lease.getTask()));
  }

  private static GatewaySays cancel(Cancel cancel) {
    return new GatewaySays.Cancel(
        Fields.ref(cancel.getTask()),
        Fields.duration("grace", cancel.getGrace()),
        line("reason", cancel.getReason()));
  }

  static GatewaySays.ResultAck resultAck(ResultAck ack) {
    return new GatewaySays.ResultAck(
        Fields.ref(ack.getTask()),
        Fields.id("result id", ack.getResultId()),
        verdict(ack),
        line("message", ack.getMessage()));
  }

  private static GatewaySays.Verdict verdict(ResultAck ack) {
    return switch (ack.getVerdict()) {
      case RESULT_VERDICT_COMMITTED -> GatewaySays.Verdict.COMMITTED;
      case RESULT_VERDICT_DUPLICATE -> GatewaySays.Verdict.DUPLICATE;
      case RESULT_VERDICT_SUPERSEDED -> GatewaySays.Verdict.SUPERSEDED;
      case RESULT_VERDICT_INVALID -> GatewaySays.Verdict.INVALID;
      case RESULT_VERDICT_UNSPECIFIED, UNRECOGNIZED ->
          throw Fields.wrong(
              "verdict", "COMMITTED, DUPLICATE, SUPERSEDED or INVALID", ack.getVerdictValue());
    };
  }

  private static String line(String field, String text) {
    return Fields.text(field, text, AgentLimits.MAX_LINE);
  }

  static ConnectResponse write(GatewaySays message) {
    ConnectResponse.Builder to = ConnectResponse.newBuilder();
    return switch (message) {
      case GatewaySays.Welcome said -> to.setWelcome(toProto(said)).build();
      case GatewaySays.Assign said -> to.setAssign(AssignProto.toProto(said)).build();
      case GatewaySays.LeaseRenewed said -> to.setLease(toProto(said)).build();
      case GatewaySays.LeaseLost said ->
          to.setLease(Lease.newBuilder().setTask(Fields.toProto(said.task()))).build();
      case GatewaySays.Cancel said -> to.setCancel(toProto(said)).build();
      case GatewaySays.Retract said ->
          to.setRetract(Retract.newBuilder().setTask(Fields.toProto(said.task()))).build();
      case GatewaySays.ResultAck said -> to.setResultAck(toProto(said)).build();
      case GatewaySays.GoAway said ->
          to.setGoAway(GoAway.newBuilder().setReason(said.reason())).build();
      case GatewaySays.Nack said -> to.setNack(Nack.newBuilder().setReason(said.reason())).build();
      case GatewaySays.Answer said -> to.setAnswer(QuestionProto.toProto(said)).build();
      case GatewaySays.Warning said ->
          to.setWarning(
                  Warning.newBuilder().setTask(Fields.toProto(said.task())).setText(said.text()))
              .build();
      case GatewaySays.Pause said ->
          to.setPause(Pause.newBuilder().setReason(said.reason())).build();
      case GatewaySays.Resume said -> to.setResume(Resume.getDefaultInstance()).build();
    };
  }

  private static Welcome toProto(GatewaySays.Welcome welcome) {
    return Welcome.newBuilder()
        .addAllHeld(welcome.held().stream().map(GatewaySaysProto::toProto).toList())
        .setStatusInterval(Fields.toProto(welcome.statusInterval()))
        .setLease(Fields.toProto(welcome.lease()))
        .setDeliveryTimeout(Fields.toProto(welcome.deliveryTimeout()))
        .build();
  }

  private static HeldDecision toProto(GatewaySays.HeldDecision decision) {
    return HeldDecision.newBuilder()
        .setTask(Fields.toProto(decision.task()))
        .setContinue(decision.continues())
        .build();
  }

  private static Lease toProto(GatewaySays.LeaseRenewed renewed) {
    return Lease.newBuilder()
        .setTask(Fields.toProto(renewed.task()))
        .setRenewedFor(Fields.toProto(renewed.lease()))
        .build();
  }

  private static Cancel toProto(GatewaySays.Cancel cancel) {
    return Cancel.newBuilder()
        .setTask(Fields.toProto(cancel.task()))
        .setGrace(Fields.toProto(cancel.grace()))
        .setReason(cancel.reason())
        .build();
  }

  static ResultAck toProto(GatewaySays.ResultAck ack) {
    return ResultAck.newBuilder()
        .setTask(Fields.toProto(ack.task()))
        .setResultId(ack.resultId())
        .setVerdict(toProto(ack.verdict()))
        .setMessage(ack.message())
        .build();
  }

  private static ResultVerdict toProto(GatewaySays.Verdict verdict) {
    return switch (verdict) {
      case COMMITTED -> ResultVerdict.RESULT_VERDICT_COMMITTED;
      case DUPLICATE -> ResultVerdict.RESULT_VERDICT_DUPLICATE;
      case SUPERSEDED -> ResultVerdict.RESULT_VERDICT_SUPERSEDED;
      case INVALID -> ResultVerdict.RESULT_VERDICT_INVALID;
    };
  }
}
