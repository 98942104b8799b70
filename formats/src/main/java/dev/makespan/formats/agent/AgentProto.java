package dev.makespan.formats.agent;

import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.task.TaskRef;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.ConnectResponse;

/** The messages of an agent's stream, from and to proto. Writing never fails. */
public final class AgentProto {

  private AgentProto() {}

  /** What an agent said. */
  public static Parsed<AgentSays> parse(ConnectRequest message) {
    return Parsed.of(() -> AgentSaysProto.read(message));
  }

  /** What a gateway said. */
  public static Parsed<GatewaySays> parse(ConnectResponse message) {
    return Parsed.of(() -> GatewaySaysProto.read(message));
  }

  /** An introduction that stands alone. */
  public static Parsed<AgentSays.Hello> parse(dev.makespan.proto.agent.v1.Hello hello) {
    return Parsed.of(() -> AgentSaysProto.hello(hello));
  }

  /** A result that stands alone. */
  public static Parsed<AgentSays.Result> parse(dev.makespan.proto.agent.v1.Result result) {
    return Parsed.of(() -> ResultProto.read(result));
  }

  /** An answer to a result that stands alone. */
  public static Parsed<GatewaySays.ResultAck> parse(dev.makespan.proto.agent.v1.ResultAck ack) {
    return Parsed.of(() -> GatewaySaysProto.resultAck(ack));
  }

  /** Names an attempt that stands alone. */
  public static Parsed<TaskRef> parse(dev.makespan.proto.agent.v1.TaskRef ref) {
    return Parsed.of(() -> Fields.ref(ref));
  }

  public static ConnectRequest toProto(AgentSays message) {
    return AgentSaysProto.write(message);
  }

  public static ConnectResponse toProto(GatewaySays message) {
    return GatewaySaysProto.write(message);
  }

  public static dev.makespan.proto.agent.v1.Hello helloToProto(AgentSays.Hello hello) {
    return AgentSaysProto.toProto(hello);
  }

  public static dev.makespan.proto.agent.v1.Result resultToProto(AgentSays.Result result) {
    return ResultProto.toProto(result);
  }

  public static dev.makespan.proto.agent.v1.ResultAck ackToProto(GatewaySays.ResultAck ack) {
    return GatewaySaysProto.toProto(ack);
  }
}
