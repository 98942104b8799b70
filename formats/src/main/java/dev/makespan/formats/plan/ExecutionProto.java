package dev.makespan.formats.plan;

import dev.makespan.core.plan.Execution;
import dev.makespan.core.plan.Retry;
import dev.makespan.core.plan.Work;
import dev.makespan.proto.plan.v1.Command;
import java.time.Duration;
import java.util.List;

/** How tasks are run, as messages and back. */
final class ExecutionProto {

  private ExecutionProto() {}

  static dev.makespan.proto.plan.v1.Execution toProto(Execution execution) {
    var proto =
        dev.makespan.proto.plan.v1.Execution.newBuilder()
            .putAllEnv(execution.env())
            .addAllSecrets(execution.secrets())
            .setRetry(
                dev.makespan.proto.plan.v1.Retry.newBuilder()
                    .setLimit(execution.retry().limit())
                    .setGates(gates(execution.retry()))
                    .setBackoff(Durations.toProto(execution.retry().backoff())))
            .addAllContext(execution.context())
            .addAllPublishes(execution.publishes());
    Duration timeout = execution.timeout();
    if (timeout != null) {
      proto.setTimeout(Durations.toProto(timeout));
    }
    switch (execution.work()) {
      case Work.Command command ->
          proto.setCommand(Command.newBuilder().addAllArgv(command.argv()));
      case Work.Script script -> proto.setScript(script.text());
      case Work.Prompt prompt -> proto.setPrompt(prompt.text());
      case Work.AgentsDefault _ -> proto.clearWork();
    }
    return proto.build();
  }

  static Execution fromProto(dev.makespan.proto.plan.v1.Execution proto) {
    return new Execution(
        work(proto),
        proto.getEnvMap(),
        List.copyOf(proto.getSecretsList()),
        proto.hasTimeout()
            ? Fields.at("timeout", () -> Durations.positive(true, proto.getTimeout()))
            : null,
        proto.hasRetry() ? Fields.at("retry", () -> retry(proto.getRetry())) : Retry.DEFAULT,
        List.copyOf(proto.getContextList()),
        List.copyOf(proto.getPublishesList()));
  }

  private static Work work(dev.makespan.proto.plan.v1.Execution proto) {
    return switch (proto.getWorkCase()) {
      case COMMAND -> new Work.Command(List.copyOf(proto.getCommand().getArgvList()));
      case SCRIPT -> new Work.Script(proto.getScript());
      case PROMPT -> new Work.Prompt(proto.getPrompt());
      case WORK_NOT_SET -> new Work.AgentsDefault();
    };
  }

  private static int gates(Retry retry) {
    return retry.gates() == retry.limit() ? 0 : retry.gates();
  }

  private static Retry retry(dev.makespan.proto.plan.v1.Retry proto) {
    return new Retry(
        proto.getLimit(),
        proto.getGates() == 0 ? proto.getLimit() : proto.getGates(),
        Fields.at("backoff", () -> Durations.fromProto(proto.hasBackoff(), proto.getBackoff())));
  }
}
