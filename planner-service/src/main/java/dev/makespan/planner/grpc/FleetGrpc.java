package dev.makespan.planner.grpc;

import dev.makespan.planner.AgentSubject;
import dev.makespan.planner.Agents;
import dev.makespan.planner.wire.FleetProto;
import dev.makespan.proto.run.v1.FleetServiceGrpc;
import dev.makespan.proto.run.v1.ListAgentsRequest;
import dev.makespan.proto.run.v1.ListAgentsResponse;
import dev.makespan.proto.run.v1.PauseAgentsRequest;
import dev.makespan.proto.run.v1.PauseAgentsResponse;
import dev.makespan.proto.run.v1.ResumeAgentsRequest;
import dev.makespan.proto.run.v1.ResumeAgentsResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** {@code makespan.run.v1.FleetService}. */
@GrpcService
public class FleetGrpc extends FleetServiceGrpc.FleetServiceImplBase {

  private final Agents agents;
  private final Replies replies;

  FleetGrpc(Agents agents, Replies replies) {
    this.agents = agents;
    this.replies = replies;
  }

  @Override
  public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> caller) {
    replies.reply(
        caller,
        agents::agents,
        fleet ->
            ListAgentsResponse.newBuilder()
                .addAllAgents(fleet.agents().stream().map(FleetProto::toProto).toList())
                .addAllPauses(fleet.pauses().stream().map(FleetProto::toProto).toList())
                .build());
  }

  @Override
  public void pauseAgents(PauseAgentsRequest request, StreamObserver<PauseAgentsResponse> caller) {
    replies.reply(
        caller,
        () ->
            agents.pause(
                subject(request.hasRole(), request.getAgent(), request.getRole()),
                request.getReason(),
                request.getBy()),
        pauses ->
            PauseAgentsResponse.newBuilder()
                .addAllPauses(pauses.stream().map(FleetProto::toProto).toList())
                .build());
  }

  @Override
  public void resumeAgents(
      ResumeAgentsRequest request, StreamObserver<ResumeAgentsResponse> caller) {
    replies.reply(
        caller,
        () -> agents.resume(subject(request.hasRole(), request.getAgent(), request.getRole())),
        pauses ->
            ResumeAgentsResponse.newBuilder()
                .addAllPauses(pauses.stream().map(FleetProto::toProto).toList())
                .build());
  }

  private static AgentSubject subject(boolean ofRole, String agent, String role) {
    return ofRole
        ? new AgentSubject(AgentSubject.Kind.ROLE, role)
        : new AgentSubject(AgentSubject.Kind.AGENT, agent);
  }
}
