package dev.makespan.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.GatewaySession;
import dev.makespan.core.session.SessionClocks;
import dev.makespan.core.session.SessionLimits;
import dev.makespan.core.session.SessionMove;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.formats.agent.Parsed;
import dev.makespan.proto.agent.v1.ConnectRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case on the rules alone: messages in, messages out, time by hand. */
class ProtocolCasesTest {

  private final GatewaySession session =
      new GatewaySession(SessionClocks.DEFAULT, SessionLimits.DEFAULT, 0, Instant.EPOCH);
  private final List<SessionMove> moves = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @ParameterizedTest
  @MethodSource("dev.makespan.gateway.ProtocolCase#all")
  void theRulesAnswerAsTheyShould(ProtocolCase bad) {
    bad.steps().forEach(this::take);
    if (bad.expected() instanceof ProtocolCase.Expected.Closed && !isClosed()) {
      now = now.plusSeconds(3_600);
      moves.addAll(session.tick(now));
    }

    SessionMove last = moves.getLast();
    switch (bad.expected()) {
      case ProtocolCase.Expected.Closed(var ending, var fragment) -> {
        assertThat(last).isInstanceOf(SessionMove.Close.class);
        assertThat(((SessionMove.Close) last).ending()).isEqualTo(ending);
        assertThat(((SessionMove.Close) last).reason()).contains(fragment);
      }
      case ProtocolCase.Expected.Nacked(var fragment) -> {
        assertThat(last).isInstanceOf(SessionMove.Tell.class);
        GatewaySays told = ((SessionMove.Tell) last).message();
        assertThat(told).isInstanceOf(GatewaySays.Nack.class);
        assertThat(((GatewaySays.Nack) told).reason()).contains(fragment);
      }
      case ProtocolCase.Expected.Forwarded(var kind) -> {
        assertThat(last).isInstanceOf(SessionMove.Forward.class);
        AgentSays forwarded = ((SessionMove.Forward) last).message();
        assertThat(AgentProto.toProto(forwarded).getMessageCase()).isEqualTo(kind);
      }
    }
  }

  private void take(ProtocolCase.Step step) {
    switch (step) {
      case ProtocolCase.Step.Hears hears ->
          moves.addAll(session.schedulerSaid(hears.message(), now));
      case ProtocolCase.Step.Says says -> {
        for (int i = 0; i < says.times() && !isClosed(); i++) {
          say(says.bytes());
        }
      }
    }
  }

  private boolean isClosed() {
    return !moves.isEmpty() && moves.getLast() instanceof SessionMove.Close;
  }

  private void say(ByteString bytes) {
    ConnectRequest message = read(bytes);
    if (message.hasHello() && message.getHello().getProtocolVersion() != 1) {
      moves.addAll(session.agentSpeaks(message.getHello().getProtocolVersion()));
      return;
    }
    moves.addAll(
        switch (AgentProto.parse(message)) {
          case Parsed.Valid<AgentSays>(AgentSays said) -> session.agentSaid(said, now);
          case Parsed.Invalid<AgentSays>(String problem) -> session.agentMumbled(problem, now);
        });
  }

  /** As the gateway's marshalling does. */
  private static ConnectRequest read(ByteString bytes) {
    try {
      return ConnectRequest.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      return ConnectRequest.getDefaultInstance();
    }
  }
}
