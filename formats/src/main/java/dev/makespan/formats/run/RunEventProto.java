package dev.makespan.formats.run;

import dev.makespan.core.plan.TaskId;
import dev.makespan.core.run.RunEvent;
import dev.makespan.core.run.RunEvent.Change;
import dev.makespan.core.run.RunSpec;
import dev.makespan.core.task.RunId;
import dev.makespan.core.task.TaskEvent;
import dev.makespan.proto.run.v1.RunCancelRequested;
import dev.makespan.proto.run.v1.RunEvent.EventCase;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunStarted;

/** Entries of a run's journal from and to proto. The message does not name its run. */
public final class RunEventProto {

  private RunEventProto() {}

  public static dev.makespan.proto.run.v1.RunEvent toProto(RunEvent event) {
    var message =
        dev.makespan.proto.run.v1.RunEvent.newBuilder()
            .setPosition(event.position())
            .setEventTime(Times.toProto(event.at()));
    switch (event.change()) {
      case RunEvent.RunStarted c ->
          message.setRunStarted(RunStarted.newBuilder().setWeight(c.weight()).build());
      case RunEvent.RunCancelRequested c ->
          message.setRunCancelRequested(
              RunCancelRequested.newBuilder().setReason(c.reason()).build());
      case RunEvent.RunFinished c ->
          message.setRunFinished(
              RunFinished.newBuilder()
                  .setState(StateProto.toProto(c.state()))
                  .setReason(c.reason())
                  .build());
      case RunEvent.TaskChanged c ->
          TaskEventProto.write(c.event(), message.setTask(c.task().value()));
    }
    return message.build();
  }

  /**
   * One entry of the run's journal.
   *
   * @throws IllegalArgumentException if the message holds no event, or one with a bad value: it was
   *     not written by {@link #toProto}
   */
  public static RunEvent fromProto(RunId run, dev.makespan.proto.run.v1.RunEvent message) {
    return new RunEvent(
        run, message.getPosition(), Times.fromProto(message.getEventTime()), change(message));
  }

  private static Change change(dev.makespan.proto.run.v1.RunEvent message) {
    if (message.getEventCase() == EventCase.RUN_STARTED) {
      int weight = message.getRunStarted().getWeight();
      return new RunEvent.RunStarted(weight == 0 ? RunSpec.MIN_WEIGHT : weight);
    }
    if (message.getEventCase() == EventCase.RUN_CANCEL_REQUESTED) {
      return new RunEvent.RunCancelRequested(message.getRunCancelRequested().getReason());
    }
    if (message.getEventCase() == EventCase.RUN_FINISHED) {
      var finished = message.getRunFinished();
      return new RunEvent.RunFinished(
          StateProto.fromProto(finished.getState()), finished.getReason());
    }
    TaskEvent event = TaskEventProto.read(message);
    return new RunEvent.TaskChanged(new TaskId(message.getTask()), event);
  }
}
