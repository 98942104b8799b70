package dev.makespan.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.Artifact;
import dev.makespan.proto.run.v1.Attempt;
import dev.makespan.proto.run.v1.ChangeMergesRequest;
import dev.makespan.proto.run.v1.ChangeMergesResponse;
import dev.makespan.proto.run.v1.DownloadArtifactRequest;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import dev.makespan.proto.run.v1.GetRunRequest;
import dev.makespan.proto.run.v1.GetRunResponse;
import dev.makespan.proto.run.v1.LinkArtifactRequest;
import dev.makespan.proto.run.v1.LinkArtifactResponse;
import dev.makespan.proto.run.v1.ListArtifactsRequest;
import dev.makespan.proto.run.v1.ListArtifactsResponse;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.ReadLogsRequest;
import dev.makespan.proto.run.v1.ReadLogsResponse;
import dev.makespan.proto.run.v1.RecordServiceGrpc;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunServiceGrpc;
import dev.makespan.proto.run.v1.RunState;
import dev.makespan.proto.run.v1.TaskRun;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A planner with one run, its attempts' logs and their artifacts, as a test tells them. With each
 * question for the run the next of {@link #steps} happens, so that a run goes on without a clock.
 */
final class PretendedPlanner implements AutoCloseable {

  static final long RUN = 7;

  /** What a command said. */
  record Said(int code, String out, String err) {}

  private final Map<String, TreeMap<Integer, Boolean>> attempts = new LinkedHashMap<>();
  private final Map<String, List<ReadLogsResponse>> logs = new HashMap<>();
  private final List<Runnable> steps = new ArrayList<>();
  private final Server server =
      Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
          .addService(new Runs())
          .addService(new Records())
          .build();
  private RunState state = RunState.RUN_STATE_RUNNING;
  private final List<ChangeMergesRequest> mergeChanges = new ArrayList<>();
  private @Nullable MergeQueue merges;
  private Artifact artifact = Artifact.getDefaultInstance();
  private List<String> parts = List.of();
  private @Nullable Status failure;

  PretendedPlanner() throws IOException {
    server.start();
  }

  /** From now on there is an attempt, which has ended or has not. */
  synchronized void attempt(String task, int number, boolean over) {
    attempts.computeIfAbsent(task, _ -> new TreeMap<>()).put(number, over);
  }

  synchronized void log(String task, int number, long offset, String text, boolean last) {
    List<ReadLogsResponse> log = logs.computeIfAbsent(task + number, _ -> new ArrayList<>());
    log.add(
        ReadLogsResponse.newBuilder()
            .setAttempt(number)
            .setSequence(log.size() + 1L)
            .setOffset(offset)
            .setData(ByteString.copyFromUtf8(text))
            .setLast(last)
            .build());
  }

  synchronized void ends(RunState as) {
    state = as;
  }

  /** What happens, one by one, with the questions for the run after the first. */
  synchronized void then(Runnable step) {
    steps.add(step);
  }

  /** From now on the run merges. */
  synchronized void merges(MergeQueue queue) {
    merges = queue;
  }

  /** What was wanted of the merge queue. */
  synchronized List<ChangeMergesRequest> mergeChanges() {
    return List.copyOf(mergeChanges);
  }

  /** What is fetched, and how it ends; null: well. */
  synchronized void artifact(Artifact what, @Nullable Status how, String... content) {
    artifact = what;
    failure = how;
    parts = List.of(content);
  }

  Said say(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> line = new ArrayList<>(Arrays.asList(words));
    line.addAll(List.of("--planner", "localhost:" + server.getPort()));
    int code =
        Makespan.run(new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Runs extends RunServiceGrpc.RunServiceImplBase {
    private boolean asked;

    @Override
    public void changeMerges(
        ChangeMergesRequest request, StreamObserver<ChangeMergesResponse> caller) {
      synchronized (PretendedPlanner.this) {
        mergeChanges.add(request);
        caller.onNext(ChangeMergesResponse.newBuilder().setRun(run()).build());
      }
      caller.onCompleted();
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> caller) {
      synchronized (PretendedPlanner.this) {
        if (asked && !steps.isEmpty()) {
          steps.removeFirst().run();
        }
        asked = true;
        caller.onNext(GetRunResponse.newBuilder().setRun(run()).build());
        caller.onCompleted();
      }
    }

    private Run run() {
      Run.Builder run = Run.newBuilder().setId(RUN).setState(state);
      attempts.forEach((task, numbers) -> run.addTasks(taskRun(task, numbers)));
      if (merges != null) {
        run.setMerges(merges);
      }
      return run.build();
    }

    private static TaskRun taskRun(String task, Map<Integer, Boolean> numbers) {
      TaskRun.Builder made = TaskRun.newBuilder().setTask(task);
      numbers.forEach((number, over) -> {
        Attempt.Builder attempt = Attempt.newBuilder().setNumber(number);
        if (over) {
          attempt.setFinishTime(Timestamp.newBuilder().setSeconds(1));
        }
        made.addAttempts(attempt);
      });
      return made.build();
    }
  }

  private final class Records extends RecordServiceGrpc.RecordServiceImplBase {

    @Override
    public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> caller) {
      synchronized (PretendedPlanner.this) {
        logs.getOrDefault(request.getTask() + request.getAttempt(), List.of()).stream()
            .filter(piece -> piece.getSequence() > request.getAfterSequence())
            .forEach(caller::onNext);
        caller.onCompleted();
      }
    }

    @Override
    public void listArtifacts(
        ListArtifactsRequest request, StreamObserver<ListArtifactsResponse> caller) {
      synchronized (PretendedPlanner.this) {
        caller.onNext(ListArtifactsResponse.newBuilder().addArtifacts(artifact).build());
        caller.onCompleted();
      }
    }

    @Override
    public void linkArtifact(
        LinkArtifactRequest request, StreamObserver<LinkArtifactResponse> caller) {
      synchronized (PretendedPlanner.this) {
        if (failure != null) {
          caller.onError(failure.asRuntimeException());
          return;
        }
        long seconds = request.getLifetime().getSeconds();
        caller.onNext(
            LinkArtifactResponse.newBuilder()
                .setArtifact(artifact)
                .setUrl("https://store.example/" + request.getName() + "?for=" + seconds)
                .setExpireTime(Timestamp.newBuilder().setSeconds(seconds))
                .build());
        caller.onCompleted();
      }
    }

    @Override
    public void downloadArtifact(
        DownloadArtifactRequest request, StreamObserver<DownloadArtifactResponse> caller) {
      synchronized (PretendedPlanner.this) {
        if (!request.getName().equals(artifact.getName())) {
          caller.onError(
              Status.NOT_FOUND
                  .withDescription("the attempt has left no artifact " + request.getName())
                  .asRuntimeException());
          return;
        }
        caller.onNext(DownloadArtifactResponse.newBuilder().setArtifact(artifact).build());
        for (String part : parts) {
          caller.onNext(
              DownloadArtifactResponse.newBuilder().setData(ByteString.copyFromUtf8(part)).build());
        }
        if (failure == null) {
          caller.onCompleted();
        } else {
          caller.onError(failure.asRuntimeException());
        }
      }
    }
  }
}
