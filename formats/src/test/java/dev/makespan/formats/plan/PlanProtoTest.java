package dev.makespan.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import dev.makespan.core.plan.CheckedPlan;
import dev.makespan.core.plan.Plan;
import dev.makespan.proto.plan.v1.FileAccess;
import dev.makespan.proto.plan.v1.Gate;
import dev.makespan.proto.plan.v1.Need;
import dev.makespan.proto.plan.v1.Task;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PlanProtoTest {

  private static final String EVERYTHING =
      """
      apiVersion: makespan.dev/v1
      kind: Plan
      metadata: {name: everything, title: All that a plan can say}
      spec:
        day: 8h
        rates: {loc: 100/h}
        parameters: [{name: p, title: P, required: true}, {name: q, default: ""}, {name: r}]
        pools: {zeta: 2, alpha: 1, unused: 0}
        resources: {staging: 2, licence: 1}
        ranges: [{name: numbers, first: 9, stride: 20, size: 10}]
        files:
          - {path: src/**}
          - {path: a.txt, policy: owner, owner: one}
          - {path: b.txt, policy: append}
          - {path: c.txt, policy: regenerate}
        phases:
          - {id: first, title: First, barrier: true, checkpoint: [{run: make}, {file: x/y}]}
          - {id: second}
        tasks:
          - id: one
            phase: first
            role: zeta
            labels: {z: "1", a: two}
            priority: P0
            risk: high
            duration: {optimistic: 1h, likely: 2h, pessimistic: 1d}
            milestones: [{id: m, title: M, after: 200ms}, {id: n, at: 12.5%}]
            stubs: [{task: two, via: a row}]
            writes: [a.txt]
            reads: [b.txt]
            appends: [d.txt]
            regenerates: [c.txt]
            uses: {staging: 2}
            steps:
              - {id: s, duration: 1h, reads: [b.txt], writes: [a.txt]}
              - {id: t, title: T, duration: 1h, after: [s]}
            ranges: [numbers]
            run: {command: [make, "${{ parameters.p }}", ""]}
            env: {Z: "", A: x}
            secrets: [token]
            timeout: 1h
            retry: {limit: 1, backoff: 0s}
            context: [README.md, "Some text\\nin lines"]
            publishes: [address]
            deliverables: [a.txt]
            artifacts: [{name: log, path: out.log, max: 2MiB}, {name: all, path: all.log}]
            gates: [{metric: m, min: 1}, {metric: n, max: 0}, {metric: o, min: -1.5, max: 2}, {approval: boss}]
            budget: {tokens: 5, cost: 1.5, agent-hours: 2}
          - {id: two, phase: second, role: alpha, priority: P3, size: 50 loc, needs: [one.m], run: {script: make}}
          - {id: three, role: alpha, priority: P1, duration: 1m, needs: [one, two], run: {prompt: Do it}}
        risks:
          - {id: r, title: R, likelihood: low, impact: medium, tasks: [one], mitigation: M, fallback: F}
          - {id: s, likelihood: high, impact: low}
        workspace: {repository: ., base: main, branch: "task/{id}", verify: make test}
        intake: {limit: 7}
        policy: first-come
        affinity: module
        budget: {tokens: 9007199254740993, cost: 0.1, agent-hours: 3}
        coordination:
          digests: [{name: standup, at: "09:00"}]
          escalation: [{after: 0s, notify: all}]
          targets: {blocker: 4h}
      """;

  @Test
  void everythingThatAPlanCanSaySurvives() throws Exception {
    Plan plan = plan();

    byte[] sent = PlanProto.toProto(plan).toByteArray();
    Plan received = PlanProto.fromProto(dev.makespan.proto.plan.v1.Plan.parseFrom(sent));

    assertThat(received).isEqualTo(plan);
    assertThat(PlanProto.toProto(received).toByteArray()).isEqualTo(sent);
  }

  @Test
  void anEmptyMessageSaysWhatItLacks() {
    var empty = dev.makespan.proto.plan.v1.Plan.getDefaultInstance();

    assertThatThrownBy(() -> PlanProto.fromProto(empty))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("day: expected a duration, was unset");
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    refused(
        t -> t.clearEstimate(), "tasks[1]: estimate: optimistic: expected a duration, was unset");
    refused(t -> t.setPriorityValue(999), "tasks[1]: priority: expected a known value, was 999");
    refused(
        t -> t.getCompletionBuilder().addGates(Gate.getDefaultInstance()),
        "tasks[1]: completion: gates[0]: expected run, metric, approval or file, was unset");
    refused(
        t -> t.addNeeds(Need.newBuilder().setTask("no")),
        "task 'two': expected another known task, was 'no'");
    refused(
        t -> t.addNeeds(Need.newBuilder().setTask("two")),
        "task 'two': expected another known task, was 'two'");
    refused(
        t -> t.addNeeds(Need.newBuilder().setTask("three")),
        "tasks: expected no cycle, was cycle: two needs three needs two");
    refused(t -> t.setRole("nobody"), "task 'two': expected a role with a pool, was 'nobody'");
    refused(t -> t.setPhase("third"), "task 'two': expected a known phase, was 'third'");
    refused(
        t -> t.addFiles(FileAccess.newBuilder().setPath("a")),
        "tasks[1]: files[0]: mode: expected a known value, was 0");
    refused(
        t -> t.putUses("licence", 2),
        "task 'two': expected no more of a resource than there is, was '2 of licence'");
    refused(
        t -> t.getEstimateBuilder().setLikely(Duration.newBuilder().setSeconds(Long.MAX_VALUE)),
        "tasks[1]: estimate: likely: expected a duration from 0 to 3650 days, was"
            + " 9223372036854775807 s and 0 ns");
  }

  private static void refused(Consumer<Task.Builder> change, String message) {
    var proto = PlanProto.toProto(plan()).toBuilder();
    Task.Builder task = proto.getTasksBuilder(1);
    task.clearCompletion();
    change.accept(task);

    assertThatThrownBy(() -> PlanProto.fromProto(proto.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static Plan plan() {
    CheckedPlan checked = PlanReader.read(EVERYTHING.getBytes(StandardCharsets.UTF_8));
    assertThat(checked)
        .as(() -> String.join("\n", Examples.lines("everything", checked)))
        .isInstanceOf(CheckedPlan.Accepted.class);
    return ((CheckedPlan.Accepted) checked).plan();
  }
}
