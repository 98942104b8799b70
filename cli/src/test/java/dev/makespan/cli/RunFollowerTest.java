package dev.makespan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.proto.run.v1.RunEvent;
import dev.makespan.proto.run.v1.RunFinished;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.TaskReady;
import dev.makespan.proto.run.v1.WatchRunRequest;
import dev.makespan.proto.run.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFollowerTest {

  private static final int LAST = 5;

  /** Breaks each stream after two events, and repeats one that was sent before. */
  private static final class BrokenPlanner extends RunServiceGrpc.RunServiceImplBase {
    private final List<Long> asked = new ArrayList<>();

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answer) {
      asked.add(request.getAfterPosition());
      long from = Math.max(1, request.getAfterPosition());
      for (long position = from; position <= LAST && position < from + 3; position++) {
        answer.onNext(WatchRunResponse.newBuilder().setEvent(event(position)).build());
      }
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    }

    private static RunEvent event(long position) {
      RunEvent.Builder event = RunEvent.newBuilder().setPosition(position);
      return position == LAST
          ? event.setRunFinished(RunFinished.getDefaultInstance()).build()
          : event.setTask("a").setTaskReady(TaskReady.getDefaultInstance()).build();
    }
  }

  @Test
  void eachEventIsSeenOnceInOrderAlthoughTheStreamBreaks() throws Exception {
    BrokenPlanner planner = new BrokenPlanner();
    String name = InProcessServerBuilder.generateName();
    var server = InProcessServerBuilder.forName(name).addService(planner).build().start();
    List<Long> seen = new ArrayList<>();
    List<String> said = new ArrayList<>();

    try (PlannerClient client = PlannerClient.over(InProcessChannelBuilder.forName(name).build())) {
      new RunFollower(client, 1, 0, said::add).follow(event -> seen.add(event.getPosition()));
    } finally {
      server.shutdownNow();
    }

    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(planner.asked).containsExactly(0L, 3L);
    assertThat(said).containsExactly("the planner is away; the run goes on, waiting for it");
  }
}
