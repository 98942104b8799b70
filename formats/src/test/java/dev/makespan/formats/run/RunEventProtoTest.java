package dev.makespan.formats.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.MemberOutcome;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.Budget;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.FileAccess;
import dev.makespan.core.plan.FileMode;
import dev.makespan.core.plan.FilePattern;
import dev.makespan.core.plan.MilestoneId;
import dev.makespan.core.plan.PhaseId;
import dev.makespan.core.plan.Plan;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.run.RunState;
import dev.makespan.core.task.AgentId;
import dev.makespan.core.task.Delivery;
import dev.makespan.core.task.FailureCause;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.core.task.Traces;
import dev.makespan.formats.plan.PlanReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunEventProtoTest {

  private static final int SEEDS = 2_000;
  private static final Plan PLAN = plan();

  @Test
  void everyEventSurvivesItsBytes() throws InvalidProtocolBufferException {
    for (int seed = 0; seed < SEEDS; seed++) {
      RunEvent event = someEvent(new Random(seed));

      byte[] bytes = RunEventProto.toProto(event).toByteArray();
      RunEvent read =
          RunEventProto.fromProto(event.run(), dev.makespan.proto.run.v1.RunEvent.parseFrom(bytes));

      assertThat(read).as("seed %d", seed).isEqualTo(event);
    }
  }

  @Test
  void theSeedsMeetEveryKindOfEvent() {
    List<Class<?>> kinds =
        Stream.concat(
                Stream.of(Change.class.getPermittedSubclasses())
                    .filter(kind -> kind != RunEvent.TaskChanged.class),
                Stream.of(TaskEvent.class.getPermittedSubclasses()))
            .toList();

    List<Class<?>> met =
        Stream.iterate(0, seed -> seed + 1)
            .limit(SEEDS)
            .map(seed -> kindOf(someEvent(new Random(seed))))
            .distinct()
            .<Class<?>>map(kind -> kind)
            .toList();

    assertThat(met).containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void aStartThatWasWrittenBeforeThereWereWeightsHasTheUsualOne() {
    var message =
        dev.makespan.proto.run.v1.RunEvent.newBuilder()
            .setPosition(1)
            .setRunStarted(dev.makespan.proto.run.v1.RunStarted.getDefaultInstance())
            .build();

    assertThat(RunEventProto.fromProto(new RunId(1), message).change())
        .isEqualTo(new RunEvent.RunStarted(1));
  }

  @Test
  void aMessageWithoutAnEventIsRefused() {
    var message = dev.makespan.proto.run.v1.RunEvent.newBuilder().setPosition(1).build();

    assertThatThrownBy(() -> RunEventProto.fromProto(new RunId(1), message))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one of a task");
  }

  private static Plan plan() {
    String text =
        """
        apiVersion: makespan.dev/v1
        kind: Plan
        metadata: {name: small}
        spec: {tasks: [{id: a, duration: 1m, retry: {limit: 2, gates: 5}}]}
        """;
    return ((CheckedPlan.Accepted) PlanReader.read(text.getBytes(StandardCharsets.UTF_8))).plan();
  }

  private static Class<?> kindOf(RunEvent event) {
    return event.change() instanceof RunEvent.TaskChanged changed
        ? changed.event().getClass()
        : event.change().getClass();
  }

  private static RunEvent someEvent(Random chance) {
    Instant at =
        Instant.ofEpochSecond(chance.nextLong(4_000_000_000L), chance.nextInt(1_000_000_000));
    return new RunEvent(
        new RunId(1 + chance.nextInt(1000)), 1 + chance.nextInt(1_000_000), at, someChange(chance));
  }

  private static Change someChange(Random chance) {
    return switch (chance.nextInt(20)) {
      case 13 ->
          new RunEvent.BudgetSet(
              new Budget(chance.nextInt(9), chance.nextDouble(), chance.nextDouble()),
              someText(chance));
      case 0 -> new RunEvent.RunStarted(1 + chance.nextInt(1000));
      case 3 -> new RunEvent.RunPaused(someText(chance));
      case 4 -> new RunEvent.RunResumed();
      case 7 -> new RunEvent.RunReopened(someText(chance));
      case 5 -> new RunEvent.RunAmended(PLAN, chance.nextInt(1000));
      case 6 ->
          new RunEvent.CheckpointApproved(
              new PhaseId("p" + chance.nextInt(9)),
              someText(chance),
              someText(chance),
              someText(chance));
      case 8 -> new RunEvent.BatchFormed(chance.nextLong(), List.of(someMember(chance)));
      case 9 ->
          new RunEvent.BatchEnded(
              chance.nextLong(),
              new BatchReport(
                  someText(chance),
                  someText(chance),
                  List.of(
                      new MemberOutcome(
                          someMember(chance),
                          oneOf(List.of(MemberOutcome.Kind.values()), chance),
                          someText(chance),
                          List.of(someText(chance)))),
                  chance.nextInt(9),
                  someText(chance),
                  List.of(new Wired(someMember(chance).task(), someMember(chance).task())),
                  List.of(someText(chance))));
      case 10 -> new RunEvent.MergesHeld(someText(chance), someText(chance));
      case 11 -> new RunEvent.MergesReleased(someText(chance));
      case 12 ->
          new RunEvent.MergesReordered(
              List.of(new TaskId("t" + chance.nextInt(9))), someText(chance));
      case 1 -> new RunEvent.RunCancelRequested(someText(chance));
      case 2 ->
          new RunEvent.RunFinished(oneOf(List.of(RunState.values()), chance), someText(chance));
      default ->
          new RunEvent.TaskChanged(new TaskId("t" + chance.nextInt(1000)), someTaskEvent(chance));
    };
  }

  private static BatchMember someMember(Random chance) {
    return new BatchMember(new TaskId("t" + chance.nextInt(1000)), chance.nextLong());
  }

  private static TaskEvent someTaskEvent(Random chance) {
    long fence = chance.nextLong();
    return switch (chance.nextInt(21)) {
      case 19 ->
          new TaskEvent.Used(
              fence, new Traces.Usage(chance.nextInt(9), chance.nextInt(9), chance.nextDouble()));
      case 0 -> new TaskEvent.Ready();
      case 1 -> new TaskEvent.Leased(new AgentId("a" + chance.nextInt(9)), fence, chance.nextInt());
      case 2 -> new TaskEvent.Returned(fence, someText(chance));
      case 3 -> new TaskEvent.Started(fence);
      case 4 -> new TaskEvent.MilestoneReached(fence, new MilestoneId("m" + chance.nextInt(9)));
      case 5 ->
          new TaskEvent.Reported(
              fence,
              someText(chance),
              someMetrics(chance),
              new Delivery(
                  someText(chance), Map.of("address", someText(chance)), someTraces(chance)));
      case 6 ->
          new TaskEvent.AttemptFailed(
              fence,
              someCause(chance),
              someText(chance),
              Duration.ofNanos(chance.nextLong(1_000_000_000_000L)),
              someText(chance),
              someTraces(chance));
      case 7 -> new TaskEvent.Done(fence);
      case 18 -> new TaskEvent.Queued(fence);
      case 8 ->
          new TaskEvent.Failed(
              fence, someCause(chance), someText(chance), someText(chance), someTraces(chance));
      case 9 -> new TaskEvent.Held(someText(chance));
      case 10 -> new TaskEvent.CancelRequested(fence);
      case 11 -> new TaskEvent.Cancelled(someText(chance));
      case 12 ->
          new TaskEvent.BlockerRaised(
              fence, someText(chance), someText(chance), chance.nextBoolean());
      case 13 ->
          new TaskEvent.BlockerAnswered(someText(chance), someText(chance), someText(chance));
      case 14 -> new TaskEvent.Checkpointed(fence, someText(chance));
      case 15 -> new TaskEvent.Approved(someText(chance), someText(chance), someText(chance));
      case 16 -> new TaskEvent.Reopened(someText(chance));
      case 17 ->
          new TaskEvent.FilesGranted(
              fence,
              someText(chance),
              List.of(
                  new FileAccess(
                      new FilePattern("src/" + chance.nextInt(9) + "/**"),
                      oneOf(List.of(FileMode.values()), chance))));
      default -> new TaskEvent.Skipped(someText(chance), chance.nextBoolean());
    };
  }

  private static Traces someTraces(Random chance) {
    return chance.nextInt(3) == 0
        ? Traces.NONE
        : new Traces(
            List.of("src/" + chance.nextInt(9), "a b"),
            chance.nextInt(3),
            List.of(new Traces.Artifact("jar", "ab".repeat(32), chance.nextLong(1L << 40))),
            chance.nextInt(3),
            new Traces.Usage(chance.nextInt(1_000), chance.nextInt(1_000), chance.nextDouble()));
  }

  private static FailureCause someCause(Random chance) {
    return oneOf(List.of(FailureCause.values()), chance);
  }

  private static <T> T oneOf(List<T> values, Random chance) {
    return values.get(chance.nextInt(values.size()));
  }

  private static Map<String, Double> someMetrics(Random chance) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (int i = chance.nextInt(4); i > 0; i--) {
      metrics.put("metric-" + i, chance.nextGaussian());
    }
    return metrics;
  }

  private static String someText(Random chance) {
    return chance.nextInt(4) == 0 ? "" : "Grund " + chance.nextInt() + " – größer ≠ 💡";
  }
}
