package dev.makespan.formats.agent;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.AcceptedWork;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.TaskContext;
import dev.makespan.proto.agent.v1.Assign;
import dev.makespan.proto.agent.v1.Predecessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/** A task for an agent, with what it may want to know. */
final class AssignProto {

  private AssignProto() {}

  static GatewaySays read(Assign assign) {
    if (!assign.hasSpec()) {
      throw Fields.wrong("spec", "one", "none");
    }
    return new GatewaySays.Assign(
        Fields.ref(assign.getTask()),
        assign.getAttempt(),
        Fields.duration("lease", assign.getLease()),
        assign.hasDeadline() ? Fields.duration("deadline", assign.getDeadline()) : null,
        TaskSpecProto.read(assign.getSpec()),
        context(assign));
  }

  private static TaskContext context(Assign assign) {
    List<TaskContext.Predecessor> predecessors =
        assign.getPredecessorsList().stream()
            .map(one ->
                new TaskContext.Predecessor(
                    new TaskId(one.getTask()),
                    one.getTitle(),
                    new LinkedHashMap<>(new TreeMap<>(one.getMetricsMap())),
                    new LinkedHashMap<>(new TreeMap<>(one.getOutputsMap()))))
            .toList();
    return new TaskContext(
        assign.getPlanName(),
        assign.getPlanTitle(),
        assign.getCheckpoint(),
        predecessors,
        assign.getPredecessorsLeftOut(),
        assign.getAcceptedList().stream().map(AssignProto::accepted).toList());
  }

  private static AcceptedWork accepted(dev.makespan.proto.agent.v1.AcceptedWork work) {
    String commit = TracesProto.commit(work.getCommit());
    if (commit.isEmpty()) {
      throw Fields.wrong("accepted.commit", "one", "none");
    }
    return new AcceptedWork(new TaskId(work.getTask()), work.getBranch(), commit);
  }

  static Assign toProto(GatewaySays.Assign assign) {
    TaskContext context = assign.context();
    Assign.Builder to =
        Assign.newBuilder()
            .setTask(Fields.toProto(assign.task()))
            .setAttempt(assign.attempt())
            .setLease(Fields.toProto(assign.lease()))
            .setSpec(TaskSpecProto.toProto(assign.spec()))
            .setCheckpoint(context.checkpoint())
            .addAllPredecessors(context.predecessors().stream().map(AssignProto::toProto).toList())
            .setPredecessorsLeftOut(context.predecessorsLeftOut())
            .setPlanName(context.plan())
            .setPlanTitle(context.planTitle())
            .addAllAccepted(context.accepted().stream().map(AssignProto::toProto).toList());
    if (assign.deadline() != null) {
      to.setDeadline(Fields.toProto(assign.deadline()));
    }
    return to.build();
  }

  private static Predecessor toProto(TaskContext.Predecessor predecessor) {
    return Predecessor.newBuilder()
        .setTask(predecessor.task().value())
        .setTitle(predecessor.title())
        .putAllMetrics(predecessor.metrics())
        .putAllOutputs(predecessor.outputs())
        .build();
  }

  private static dev.makespan.proto.agent.v1.AcceptedWork toProto(AcceptedWork work) {
    return dev.makespan.proto.agent.v1.AcceptedWork.newBuilder()
        .setTask(work.task().value())
        .setBranch(work.branch())
        .setCommit(work.commit())
        .build();
  }
}
