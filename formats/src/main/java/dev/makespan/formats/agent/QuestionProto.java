package dev.makespan.formats.agent;

import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.proto.agent.v1.Answer;
import dev.makespan.proto.agent.v1.RaiseBlocker;
import dev.makespan.proto.agent.v1.RequestFiles;
import dev.makespan.proto.agent.v1.Ruling;
import java.util.ArrayList;
import java.util.List;

/** What an agent asks in the middle of its work, and the answers. */
final class QuestionProto {

  private QuestionProto() {}

  static AgentSays read(RaiseBlocker blocker) {
    return new AgentSays.RaiseBlocker(
        Fields.ref(blocker.getTask()),
        Fields.id("blocker id", blocker.getBlockerId()),
        Fields.text("question", blocker.getQuestion(), AgentLimits.MAX_REPORT),
        blocker.getKeepsSlot());
  }

  static RaiseBlocker toProto(AgentSays.RaiseBlocker blocker) {
    return RaiseBlocker.newBuilder()
        .setTask(Fields.toProto(blocker.task()))
        .setBlockerId(blocker.blockerId())
        .setQuestion(blocker.question())
        .setKeepsSlot(blocker.keepsSlot())
        .build();
  }

  static AgentSays read(RequestFiles request) {
    List<FileAccess> files = new ArrayList<>();
    add(files, FileMode.READ, request.getReadsList());
    add(files, FileMode.WRITE, request.getWritesList());
    add(files, FileMode.APPEND, request.getAppendsList());
    add(files, FileMode.REGENERATE, request.getRegeneratesList());
    if (files.isEmpty()) {
      throw Fields.wrong("files", "1 path or more", "none");
    }
    return new AgentSays.RequestFiles(
        Fields.ref(request.getTask()),
        Fields.id("request id", request.getRequestId()),
        files,
        Fields.text("reason", request.getReason(), AgentLimits.MAX_LINE));
  }

  private static void add(List<FileAccess> files, FileMode mode, List<String> paths) {
    Fields.atMost("files", files.size() + paths.size(), AgentLimits.MAX_REQUESTED_FILES);
    for (String path : paths) {
      Fields.text("files.path", path, AgentLimits.MAX_PATH);
      files.add(new FileAccess(new FilePattern(path), mode));
    }
  }

  static RequestFiles toProto(AgentSays.RequestFiles request) {
    RequestFiles.Builder to =
        RequestFiles.newBuilder()
            .setTask(Fields.toProto(request.task()))
            .setRequestId(request.requestId())
            .setReason(request.reason());
    for (FileAccess file : request.files()) {
      String path = file.path().text();
      switch (file.mode()) {
        case READ -> to.addReads(path);
        case WRITE -> to.addWrites(path);
        case APPEND -> to.addAppends(path);
        case REGENERATE -> to.addRegenerates(path);
      }
    }
    return to.build();
  }

  static GatewaySays read(Answer answer) {
    return new GatewaySays.Answer(
        Fields.ref(answer.getTask()),
        Fields.id("request id", answer.getRequestId()),
        ruling(answer),
        Fields.text("text", answer.getText(), AgentLimits.MAX_REPORT));
  }

  private static GatewaySays.Ruling ruling(Answer answer) {
    return switch (answer.getRuling()) {
      case RULING_GRANTED -> GatewaySays.Ruling.GRANTED;
      case RULING_QUEUED -> GatewaySays.Ruling.QUEUED;
      case RULING_REFUSED -> GatewaySays.Ruling.REFUSED;
      case RULING_UNSPECIFIED, UNRECOGNIZED ->
          throw Fields.wrong("ruling", "GRANTED, QUEUED or REFUSED", answer.getRulingValue());
    };
  }

  static Answer toProto(GatewaySays.Answer answer) {
    return Answer.newBuilder()
        .setTask(Fields.toProto(answer.task()))
        .setRequestId(answer.requestId())
        .setRuling(toProto(answer.ruling()))
        .setText(answer.text())
        .build();
  }

  private static Ruling toProto(GatewaySays.Ruling ruling) {
    return switch (ruling) {
      case GRANTED -> Ruling.RULING_GRANTED;
      case QUEUED -> Ruling.RULING_QUEUED;
      case REFUSED -> Ruling.RULING_REFUSED;
    };
  }
}
