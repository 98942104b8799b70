package dev.makespan.gateway;

import static dev.makespan.gateway.Messages.ref;

import com.google.protobuf.ByteString;
import dev.makespan.core.session.AgentSays;
import dev.makespan.core.session.GatewaySays;
import dev.makespan.core.session.SessionMove.Ending;
import dev.makespan.core.task.Fences;
import dev.makespan.formats.agent.AgentProto;
import dev.makespan.proto.agent.v1.ConnectRequest;
import dev.makespan.proto.agent.v1.Hello;
import dev.makespan.proto.agent.v1.Progress;
import dev.makespan.proto.agent.v1.Result;
import dev.makespan.proto.agent.v1.Status;
import dev.makespan.proto.agent.v1.TaskRef;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a bad agent may do, and what becomes of its stream. Tried twice: on the rules alone, and
 * over a live stream.
 *
 * @param session its name says how fast it is: {@link #QUICK} has a status interval of 300 ms
 */
record ProtocolCase(String session, List<Step> steps, Expected expected) {

  static final String QUICK = "quick-";

  /** What happens, in order. */
  sealed interface Step {

    /** The agent says these bytes, {@code times}. */
    record Says(ByteString bytes, int times) implements Step {}

    /** The scheduler says this, and the agent hears it. */
    record Hears(GatewaySays message) implements Step {}
  }

  /** What becomes of it at last. */
  sealed interface Expected {

    /** The stream is closed; the reason contains the fragment. */
    record Closed(Ending ending, String fragment) implements Expected {}

    /** A Nack; its reason contains the fragment, and the stream goes on. */
    record Nacked(String fragment) implements Expected {}

    /** It is the scheduler's to judge. */
    record Forwarded(ConnectRequest.MessageCase kind) implements Expected {}
  }

  @Override
  public String toString() {
    return session;
  }

  private static ProtocolCase of(String session, Expected expected, Step... steps) {
    return new ProtocolCase(session, List.of(steps), expected);
  }

  static Stream<ProtocolCase> all() {
    return Stream.of(order(), ofOthers(), values(), silence(), floods()).flatMap(cases -> cases);
  }

  private static Stream<ProtocolCase> order() {
    return Stream.of(
        of(
            "result-before-accept",
            new Expected.Closed(Ending.OUT_OF_ORDER, "expected Accept or Refuse"),
            hello("result-before-accept"),
            welcome(),
            new Step.Hears(Messages.assign(ref(1))),
            says(Messages.result(ref(1), "r-1"))),
        of(
            "started-before-accept",
            new Expected.Closed(Ending.OUT_OF_ORDER, "was Started"),
            hello("started-before-accept"),
            welcome(),
            new Step.Hears(Messages.assign(ref(1))),
            says(new AgentSays.Started(ref(1)))),
        of(
            "hello-twice",
            new Expected.Closed(Ending.OUT_OF_ORDER, "expected one Hello"),
            hello("hello-twice"),
            welcome(),
            hello("hello-twice")),
        of(
            "status-before-hello",
            new Expected.Closed(Ending.OUT_OF_ORDER, "expected Hello first"),
            says(new AgentSays.Status(List.of(), 1))),
        of(
            "accept-of-nothing",
            new Expected.Nacked("no assignment"),
            hello("accept-of-nothing"),
            welcome(),
            says(new AgentSays.Accept(ref(9)))));
  }

  private static Stream<ProtocolCase> ofOthers() {
    return Stream.of(
        of(
            "old-fence",
            new Expected.Forwarded(ConnectRequest.MessageCase.PROGRESS),
            hello("old-fence"),
            welcome(),
            says(new AgentSays.Progress(ref(1), 50, ""))),
        of(
            "future-fence",
            new Expected.Forwarded(ConnectRequest.MessageCase.RESULT),
            hello("future-fence"),
            welcome(),
            says(Messages.result(ref(Fences.origin(1_000_000, 1)), "r-1"))),
        of(
            "replay",
            new Expected.Nacked("no assignment"),
            hello("replay"),
            welcome(),
            new Step.Hears(Messages.assign(ref(1))),
            says(new AgentSays.Accept(ref(1))),
            says(new AgentSays.Accept(ref(1)))));
  }

  private static Stream<ProtocolCase> values() {
    TaskRef ref = AgentProto.toProto(new AgentSays.Accept(ref(1))).getAccept().getTask();
    Progress progress = Progress.newBuilder().setTask(ref).setPercent(1).build();
    Result result = AgentProto.resultToProto(Messages.result(ref(1), "r-1"));
    return Stream.of(
        nacked("percent-101", "percent", progress(progress.toBuilder().setPercent(101))),
        nacked("percent-minus", "percent", progress(progress.toBuilder().setPercent(-1))),
        nacked("enum-999", "outcome", result(result.toBuilder().setOutcomeValue(999))),
        nacked("enum-none", "outcome", result(result.toBuilder().clearOutcome())),
        nacked("nan", "metrics", result(result.toBuilder().putMetrics("m", Double.NaN))),
        nacked(
            "infinite",
            "metrics",
            result(result.toBuilder().putMetrics("m", Double.NEGATIVE_INFINITY))),
        nacked("nul", "U+0000", progress(progress.toBuilder().setNote("a\0b"))),
        nacked("long-note", "4096 characters", progress(progress.toBuilder().setNote(longText()))),
        nacked(
            "long-checkpoint",
            "65536 characters",
            progress(progress.toBuilder().setCheckpoint(longText()))),
        nacked(
            "fence-0",
            "fence",
            progress(progress.toBuilder().setTask(ref.toBuilder().clearFence()))),
        nacked(
            "climbing-task",
            "expected",
            progress(progress.toBuilder().setTask(ref.toBuilder().setTask("../../etc/passwd")))),
        nacked(
            "held-twice",
            "each attempt once",
            ConnectRequest.newBuilder()
                .setStatus(Status.newBuilder().addAllHeld(Collections.nCopies(2, ref)))
                .build()
                .toByteString()),
        nacked("empty", "message", ByteString.EMPTY),
        nacked(
            "unknown-message", "message", ByteString.copyFrom(new byte[] {(byte) 0xfa, 0x7f, 0})),
        nacked("invalid-utf-8", "unreadable", invalidUtf8(progress)),
        of(
            "invalid-utf-8-in-hello",
            new Expected.Closed(Ending.OUT_OF_ORDER, "expected"),
            hello("invalid-utf-8-in-hello"),
            new Step.Says(invalidUtf8(progress), 1)),
        of(
            "hello-of-nobody",
            new Expected.Closed(Ending.MALFORMED, "session id"),
            says(
                ConnectRequest.newBuilder()
                    .setHello(Hello.newBuilder().setProtocolVersion(1))
                    .build())),
        of(
            "garbage-for-hello",
            new Expected.Closed(Ending.MALFORMED, "unreadable"),
            new Step.Says(invalidUtf8(progress), 1)),
        of(
            "another-version",
            new Expected.Closed(Ending.OTHER_VERSION, "this gateway speaks 1"),
            says(
                ConnectRequest.newBuilder()
                    .setHello(Hello.newBuilder().setProtocolVersion(2))
                    .build())));
  }

  private static Stream<ProtocolCase> silence() {
    return Stream.of(
        of("silence", new Expected.Closed(Ending.SILENT, "no Hello within")),
        of(
            QUICK + "silence-after-welcome",
            new Expected.Closed(Ending.SILENT, "nothing was heard"),
            hello(QUICK + "silence-after-welcome"),
            welcome()));
  }

  private static Stream<ProtocolCase> floods() {
    Expected flooding = new Expected.Closed(Ending.FLOODING, "messages a second");
    return Stream.of(
        of(
            "a-million-empty-messages",
            flooding,
            hello("a-million-empty-messages"),
            welcome(),
            new Step.Says(ByteString.EMPTY, 1_000_000)),
        of(
            "a-flood-of-statuses",
            flooding,
            hello("a-flood-of-statuses"),
            welcome(),
            new Step.Says(
                AgentProto.toProto(new AgentSays.Status(List.of(), 1)).toByteString(), 1_000_000)));
  }

  private static ProtocolCase nacked(String session, String fragment, ByteString bytes) {
    return of(
        session, new Expected.Nacked(fragment), hello(session), welcome(), new Step.Says(bytes, 1));
  }

  private static ByteString progress(Progress.Builder progress) {
    return ConnectRequest.newBuilder().setProgress(progress).build().toByteString();
  }

  private static ByteString result(Result.Builder result) {
    return ConnectRequest.newBuilder().setResult(result).build().toByteString();
  }

  private static String longText() {
    return "x".repeat(200_000);
  }

  /** The same bytes as of a note with "é" in another encoding, which protobuf would not write. */
  private static ByteString invalidUtf8(Progress progress) {
    byte[] bytes = progress(progress.toBuilder().setNote("caf?")).toByteArray();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '?') {
        bytes[i] = (byte) 0xe9;
      }
    }
    return ByteString.copyFrom(bytes);
  }

  private static Step hello(String session) {
    return says(Messages.hello(session));
  }

  private static Step welcome() {
    return new Step.Hears(Messages.welcome());
  }

  private static Step says(AgentSays message) {
    return says(AgentProto.toProto(message));
  }

  private static Step says(ConnectRequest message) {
    return new Step.Says(message.toByteString(), 1);
  }
}
