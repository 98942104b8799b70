package dev.makespan.formats.agent;

import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.Role;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.SessionId;
import dev.makespan.core.task.AgentId;
import dev.makespan.proto.agent.v1.Accept;
import dev.makespan.proto.agent.v1.Cancelled;
import dev.makespan.proto.agent.v1.Capacity;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.Draining;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.MilestoneReached;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.Refuse;
import dev.makespan.proto.agent.v1.SlotFree;
import dev.makespan.proto.agent.v1.Started;
import dev.makespan.proto.agent.v1.Status;

/** What agents say. */
final class AgentSaysProto {

  private AgentSaysProto() {}

  static AgentSays read(ConnectRequest message) {
    return switch (message.getMessageCase()) {
      case HELLO -> hello(message.getHello());
      case CAPACITY -> new AgentSays.Capacity(freeSlots(message.getCapacity().getFreeSlots()));
      case ACCEPT -> new AgentSays.Accept(Fields.ref(message.getAccept().getTask()));
      case REFUSE -> refuse(message.getRefuse());
      case STARTED -> new AgentSays.Started(Fields.ref(message.getStarted().getTask()));
      case PROGRESS -> progress(message.getProgress());
      case MILESTONE_REACHED -> milestoneReached(message.getMilestoneReached());
      case SLOT_FREE -> new AgentSays.SlotFree(Fields.ref(message.getSlotFree().getTask()));
      case RESULT -> ResultProto.read(message.getResult());
      case STATUS -> status(message.getStatus());
      case CANCELLED -> cancelled(message.getCancelled());
      case DRAINING -> new AgentSays.Draining(line("reason", message.getDraining().getReason()));
      case RAISE_BLOCKER -> QuestionProto.read(message.getRaiseBlocker());
      case REQUEST_FILES -> QuestionProto.read(message.getRequestFiles());
      case MESSAGE_NOT_SET ->
          throw Fields.wrong(
              "message", "one that protocol version 1 knows", "another, or unreadable");
    };
  }

  static AgentSays.Hello hello(Hello hello) {
    Fields.atMost("roles", hello.getRolesCount(), AgentLimits.MAX_ROLES);
    Fields.atMost("labels", hello.getLabelsCount(), AgentLimits.MAX_LABELS);
    return new AgentSays.Hello(
        new SessionId(hello.getSessionId()),
        new AgentId(hello.getAgentId()),
        hello.getProtocolVersion(),
        hello.getRolesList().stream().map(Role::new).distinct().toList(),
        Fields.texts("labels", hello.getLabelsMap(), AgentLimits.MAX_NAME),
        Fields.between("slots", 1, AgentLimits.MAX_SLOTS, hello.getSlots()),
        Fields.refs("held", hello.getHeldList(), AgentLimits.MAX_SLOTS),
        Fields.refs(
            "unacknowledged", hello.getUnacknowledgedList(), AgentLimits.MAX_UNACKNOWLEDGED),
        Fields.text("software", hello.getSoftware(), AgentLimits.MAX_NAME));
  }

  private static AgentSays refuse(Refuse refuse) {
    return new AgentSays.Refuse(Fields.ref(refuse.getTask()), line("reason", refuse.getReason()));
  }

  private static AgentSays progress(Progress progress) {
    return new AgentSays.Progress(
        Fields.ref(progress.getTask()),
        Fields.between("percent", 0, 100, progress.getPercent()),
        line("note", progress.getNote()),
        Fields.text("checkpoint", progress.getCheckpoint(), AgentLimits.MAX_CHECKPOINT),
        TracesProto.usage(progress.getUsage()),
        TracesProto.files(progress.getFilesList()));
  }

  private static AgentSays milestoneReached(MilestoneReached reached) {
    return new AgentSays.MilestoneReached(
        Fields.ref(reached.getTask()), new MilestoneId(reached.getMilestone()));
  }

  private static AgentSays status(Status status) {
    return new AgentSays.Status(
        Fields.refs("held", status.getHeldList(), AgentLimits.MAX_UNACKNOWLEDGED),
        freeSlots(status.getFreeSlots()));
  }

  private static AgentSays cancelled(Cancelled cancelled) {
    return new AgentSays.Cancelled(
        Fields.ref(cancelled.getTask()), line("how", cancelled.getHow()));
  }

  private static int freeSlots(int number) {
    return Fields.between("free_slots", 0, AgentLimits.MAX_SLOTS, number);
  }

  private static String line(String field, String text) {
    return Fields.text(field, text, AgentLimits.MAX_LINE);
  }

  static ConnectRequest write(AgentSays message) {
    ConnectRequest.Builder to = ConnectRequest.newBuilder();
    return switch (message) {
      case AgentSays.Hello said -> to.setHello(toProto(said)).build();
      case AgentSays.Capacity said ->
          to.setCapacity(Capacity.newBuilder().setFreeSlots(said.freeSlots())).build();
      case AgentSays.Accept said ->
          to.setAccept(Accept.newBuilder().setTask(Fields.toProto(said.task()))).build();
      case AgentSays.Refuse said -> to.setRefuse(toProto(said)).build();
      case AgentSays.Started said ->
          to.setStarted(Started.newBuilder().setTask(Fields.toProto(said.task()))).build();
      case AgentSays.Progress said -> to.setProgress(toProto(said)).build();
      case AgentSays.MilestoneReached said -> to.setMilestoneReached(toProto(said)).build();
      case AgentSays.SlotFree said ->
          to.setSlotFree(SlotFree.newBuilder().setTask(Fields.toProto(said.task()))).build();
      case AgentSays.Result said -> to.setResult(ResultProto.toProto(said)).build();
      case AgentSays.Status said -> to.setStatus(toProto(said)).build();
      case AgentSays.Cancelled said -> to.setCancelled(toProto(said)).build();
      case AgentSays.Draining said ->
          to.setDraining(Draining.newBuilder().setReason(said.reason())).build();
      case AgentSays.RaiseBlocker said -> to.setRaiseBlocker(QuestionProto.toProto(said)).build();
      case AgentSays.RequestFiles said -> to.setRequestFiles(QuestionProto.toProto(said)).build();
    };
  }

  static Hello toProto(AgentSays.Hello hello) {
    return Hello.newBuilder()
        .setSessionId(hello.session().value())
        .setAgentId(hello.agent().value())
        .setProtocolVersion(hello.protocolVersion())
        .addAllRoles(hello.roles().stream().map(Role::value).toList())
        .putAllLabels(hello.labels())
        .setSlots(hello.slots())
        .addAllHeld(Fields.toProto(hello.held()))
        .addAllUnacknowledged(Fields.toProto(hello.unacknowledged()))
        .setSoftware(hello.software())
        .build();
  }

  private static Refuse toProto(AgentSays.Refuse refuse) {
    return Refuse.newBuilder()
        .setTask(Fields.toProto(refuse.task()))
        .setReason(refuse.reason())
        .build();
  }

  private static Progress toProto(AgentSays.Progress progress) {
    return Progress.newBuilder()
        .setTask(Fields.toProto(progress.task()))
        .setPercent(progress.percent())
        .setNote(progress.note())
        .setCheckpoint(progress.checkpoint())
        .setUsage(TracesProto.toProto(progress.usage()))
        .addAllFiles(TracesProto.filesToProto(progress.files()))
        .build();
  }

  private static MilestoneReached toProto(AgentSays.MilestoneReached reached) {
    return MilestoneReached.newBuilder()
        .setTask(Fields.toProto(reached.task()))
        .setMilestone(reached.milestone().value())
        .build();
  }

  private static Status toProto(AgentSays.Status status) {
    return Status.newBuilder()
        .addAllHeld(Fields.toProto(status.held()))
        .setFreeSlots(status.freeSlots())
        .build();
  }

  private static Cancelled toProto(AgentSays.Cancelled cancelled) {
    return Cancelled.newBuilder()
        .setTask(Fields.toProto(cancelled.task()))
        .setHow(cancelled.how())
        .build();
  }
}
