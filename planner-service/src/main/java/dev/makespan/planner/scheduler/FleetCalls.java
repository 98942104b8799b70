package dev.makespan.planner.scheduler;

import dev.makespan.planner.AgentSubject;
import dev.makespan.planner.Answer;
import dev.makespan.planner.ObservedAgent;
import dev.makespan.planner.ObservedFleet;
import dev.makespan.planner.ObservedPause;
import dev.makespan.planner.wire.FleetProto;
import dev.makespan.proto.scheduler.v1.ListAgentsRequest;
import dev.makespan.proto.scheduler.v1.ListAgentsResponse;
import dev.makespan.proto.scheduler.v1.PauseAgentsRequest;
import dev.makespan.proto.scheduler.v1.ResumeAgentsRequest;
import dev.makespan.proto.scheduler.v1.SchedulerServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Calls about agents, which may be spread over several replicas. */
final class FleetCalls {

  private static final Logger LOG = Logger.getLogger(FleetCalls.class);

  private final Replicas replicas;
  private final SchedulerCalls calls;

  FleetCalls(Replicas replicas, SchedulerCalls calls) {
    this.replicas = replicas;
    this.calls = calls;
  }

  Answer<ObservedFleet> agents() {
    ListAgentsRequest request = ListAgentsRequest.getDefaultInstance();
    return calls.call(stub -> stub.listAgents(request)).map(this::withOthers);
  }

  private ObservedFleet withOthers(ListAgentsResponse first) {
    List<ObservedAgent> agents = new ArrayList<>(agents(first));
    for (String owner : first.getOtherOwnersList()) {
      try {
        agents.addAll(
            agents(
                SchedulerServiceGrpc.newBlockingStub(replicas.channel(owner))
                    .withDeadlineAfter(SchedulerCalls.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .listAgents(ListAgentsRequest.getDefaultInstance())));
      } catch (StatusRuntimeException e) {
        LOG.warnf("the agents of %s are left out: %s", owner, e.getStatus());
      }
    }
    agents.sort(Comparator.comparing(ObservedAgent::id));
    return new ObservedFleet(agents, FleetProto.pauses(first.getPausesList()));
  }

  private static List<ObservedAgent> agents(ListAgentsResponse response) {
    return response.getAgentsList().stream().map(FleetProto::fromProto).toList();
  }

  Answer<List<ObservedPause>> pause(AgentSubject subject, String reason, String by) {
    PauseAgentsRequest.Builder request =
        PauseAgentsRequest.newBuilder().setReason(reason).setBy(by);
    switch (subject.kind()) {
      case AGENT -> request.setAgent(subject.name());
      case ROLE -> request.setRole(subject.name());
    }
    return calls.call(stub -> FleetProto.pauses(stub.pauseAgents(request.build()).getPausesList()));
  }

  Answer<List<ObservedPause>> resume(AgentSubject subject) {
    ResumeAgentsRequest.Builder request = ResumeAgentsRequest.newBuilder();
    switch (subject.kind()) {
      case AGENT -> request.setAgent(subject.name());
      case ROLE -> request.setRole(subject.name());
    }
    return calls.call(
        stub -> FleetProto.pauses(stub.resumeAgents(request.build()).getPausesList()));
  }
}
