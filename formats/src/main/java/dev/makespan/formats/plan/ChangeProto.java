package dev.makespan.formats.plan;

import dev.makespan.core.change.PlanChange;
import dev.makespan.core.plan.Need;
import dev.makespan.core.plan.Role;
import dev.makespan.core.plan.Stub;
import dev.makespan.core.plan.TaskId;
import dev.makespan.proto.plan.v1.AddAccess;
import dev.makespan.proto.plan.v1.AddMilestone;
import dev.makespan.proto.plan.v1.NeedChange;
import dev.makespan.proto.plan.v1.RemoveAccess;
import dev.makespan.proto.plan.v1.ReplaceAccess;
import dev.makespan.proto.plan.v1.ReplaceNeed;
import dev.makespan.proto.plan.v1.ReplaceNeedByStub;
import dev.makespan.proto.plan.v1.SetLabel;
import dev.makespan.proto.plan.v1.SetPool;
import dev.makespan.proto.plan.v1.SetResource;
import dev.makespan.proto.plan.v1.SplitTask;
import dev.makespan.proto.plan.v1.TakeRange;

/**
 * Changes of plans as messages and back; {@code fromProto(toProto(change, text))} equals {@code
 * change}. Wrong messages are answered as {@link PlanProto} does.
 */
public final class ChangeProto {

  private ChangeProto() {}

  /** {@code text} is the change in words. */
  public static dev.makespan.proto.plan.v1.PlanChange toProto(PlanChange change, String text) {
    var proto = dev.makespan.proto.plan.v1.PlanChange.newBuilder().setText(text);
    switch (change) {
      case PlanChange.AddNeed(TaskId task, Need need) -> proto.setAddNeed(need(task, need));
      case PlanChange.RemoveNeed(TaskId task, Need need) -> proto.setRemoveNeed(need(task, need));
      case PlanChange.ReplaceNeed replace -> proto.setReplaceNeed(toProto(replace));
      case PlanChange.ReplaceNeedByStub(TaskId task, Need old, Stub now) ->
          proto.setReplaceNeedByStub(
              ReplaceNeedByStub.newBuilder()
                  .setTask(task.value())
                  .setOld(TaskProto.toProto(old))
                  .setNow(TaskProto.toProto(now)));
      case PlanChange.AddMilestone(TaskId task, var milestone) ->
          proto.setAddMilestone(
              AddMilestone.newBuilder()
                  .setTask(task.value())
                  .setMilestone(TaskProto.toProto(milestone)));
      case PlanChange.AddAccess(TaskId task, var access) ->
          proto.setAddAccess(
              AddAccess.newBuilder()
                  .setTask(task.value())
                  .setAccess(FileAccessProto.toProto(access)));
      case PlanChange.ReplaceAccess(TaskId task, var old, var now) ->
          proto.setReplaceAccess(
              ReplaceAccess.newBuilder()
                  .setTask(task.value())
                  .setOld(FileAccessProto.toProto(old))
                  .setNow(FileAccessProto.toProto(now)));
      case PlanChange.RemoveAccess(TaskId task, var access) ->
          proto.setRemoveAccess(
              RemoveAccess.newBuilder()
                  .setTask(task.value())
                  .setAccess(FileAccessProto.toProto(access)));
      case PlanChange.SetPolicy(var policy) -> proto.setSetPolicy(PlanProto.toProto(policy));
      case PlanChange.SetPool(Role role, int slots) ->
          proto.setSetPool(SetPool.newBuilder().setRole(role.value()).setSlots(slots));
      case PlanChange.SetResource(String resource, int capacity) ->
          proto.setSetResource(
              SetResource.newBuilder().setResource(resource).setCapacity(capacity));
      case PlanChange.SetRange(var range) -> proto.setSetRange(PlanProto.toProto(range));
      case PlanChange.TakeRange(TaskId task, String range) ->
          proto.setTakeRange(TakeRange.newBuilder().setTask(task.value()).setRange(range));
      case PlanChange.SetLabel(TaskId task, String key, String value) ->
          proto.setSetLabel(
              SetLabel.newBuilder().setTask(task.value()).setKey(key).setValue(value));
      case PlanChange.SplitTask split -> proto.setSplitTask(toProto(split));
    }
    return proto.build();
  }

  public static PlanChange fromProto(dev.makespan.proto.plan.v1.PlanChange proto) {
    return switch (proto.getChangeCase()) {
      case ADD_NEED ->
          new PlanChange.AddNeed(
              new TaskId(proto.getAddNeed().getTask()),
              TaskProto.fromProto(proto.getAddNeed().getNeed()));
      case REMOVE_NEED ->
          new PlanChange.RemoveNeed(
              new TaskId(proto.getRemoveNeed().getTask()),
              TaskProto.fromProto(proto.getRemoveNeed().getNeed()));
      case REPLACE_NEED -> fromProto(proto.getReplaceNeed());
      case REPLACE_NEED_BY_STUB -> fromProto(proto.getReplaceNeedByStub());
      case ADD_MILESTONE ->
          new PlanChange.AddMilestone(
              new TaskId(proto.getAddMilestone().getTask()),
              TaskProto.fromProto(proto.getAddMilestone().getMilestone()));
      case ADD_ACCESS ->
          new PlanChange.AddAccess(
              new TaskId(proto.getAddAccess().getTask()),
              FileAccessProto.fromProto(proto.getAddAccess().getAccess()));
      case REPLACE_ACCESS ->
          new PlanChange.ReplaceAccess(
              new TaskId(proto.getReplaceAccess().getTask()),
              FileAccessProto.fromProto(proto.getReplaceAccess().getOld()),
              FileAccessProto.fromProto(proto.getReplaceAccess().getNow()));
      case REMOVE_ACCESS ->
          new PlanChange.RemoveAccess(
              new TaskId(proto.getRemoveAccess().getTask()),
              FileAccessProto.fromProto(proto.getRemoveAccess().getAccess()));
      case SET_POLICY -> new PlanChange.SetPolicy(PlanProto.fromProto(proto.getSetPolicy()));
      case SET_POOL ->
          new PlanChange.SetPool(
              new Role(proto.getSetPool().getRole()), proto.getSetPool().getSlots());
      case SET_RESOURCE ->
          new PlanChange.SetResource(
              proto.getSetResource().getResource(), proto.getSetResource().getCapacity());
      case SET_RANGE -> new PlanChange.SetRange(PlanProto.fromProto(proto.getSetRange()));
      case TAKE_RANGE ->
          new PlanChange.TakeRange(
              new TaskId(proto.getTakeRange().getTask()), proto.getTakeRange().getRange());
      case SET_LABEL ->
          new PlanChange.SetLabel(
              new TaskId(proto.getSetLabel().getTask()),
              proto.getSetLabel().getKey(),
              proto.getSetLabel().getValue());
      case SPLIT_TASK ->
          new PlanChange.SplitTask(
              new TaskId(proto.getSplitTask().getTask()),
              Fields.each("pieces", proto.getSplitTask().getPiecesList(), TaskProto::fromProto));
      case CHANGE_NOT_SET -> throw new IllegalArgumentException("change: expected one, was none");
    };
  }

  private static NeedChange need(TaskId task, Need need) {
    return NeedChange.newBuilder().setTask(task.value()).setNeed(TaskProto.toProto(need)).build();
  }

  private static ReplaceNeed toProto(PlanChange.ReplaceNeed replace) {
    return ReplaceNeed.newBuilder()
        .setTask(replace.task().value())
        .setOld(TaskProto.toProto(replace.old()))
        .addAllNow(replace.now().stream().map(TaskProto::toProto).toList())
        .build();
  }

  private static PlanChange fromProto(ReplaceNeed proto) {
    return new PlanChange.ReplaceNeed(
        new TaskId(proto.getTask()),
        TaskProto.fromProto(proto.getOld()),
        Fields.each("now", proto.getNowList(), TaskProto::fromProto));
  }

  private static PlanChange fromProto(ReplaceNeedByStub proto) {
    return new PlanChange.ReplaceNeedByStub(
        new TaskId(proto.getTask()),
        TaskProto.fromProto(proto.getOld()),
        TaskProto.fromProto(proto.getNow()));
  }

  private static SplitTask toProto(PlanChange.SplitTask split) {
    return SplitTask.newBuilder()
        .setTask(split.task().value())
        .addAllPieces(split.pieces().stream().map(TaskProto::toProto).toList())
        .build();
  }
}
