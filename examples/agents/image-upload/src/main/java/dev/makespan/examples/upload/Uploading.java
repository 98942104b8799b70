package dev.makespan.examples.upload;

import dev.makespan.proto.plan.v1.StoredPlan;
import dev.makespan.proto.run.v1.Run;
import dev.makespan.proto.run.v1.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Uploads pictures, and says what came of it. */
final class Uploading {

  private final Planner planner;

  Uploading(Planner planner) {
    this.planner = planner;
  }

  /**
   * Starts a run of the plan in {@code planFile} for each upload, all at once, and waits for their
   * ends.
   *
   * @param patience after the last start
   */
  UploadReport upload(Path planFile, List<Upload> uploads, Duration patience)
      throws IOException, InterruptedException {
    StoredPlan plan = planner.create(planFile);
    Starts starts = new Starts(planner, plan);
    long begin = System.nanoTime();
    Map<Long, Upload> runs = starts.all(uploads);
    Map<Long, Run> ended = new Ends(planner, plan.getName()).await(runs.keySet(), patience);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    List<FailedUpload> failed = new ArrayList<>();
    int done = 0;
    for (Run run : ended.values()) {
      Upload upload = runs.get(run.getId());
      if (run.getState() == RunState.RUN_STATE_DONE) {
        done++;
      } else if (upload != null) {
        failed.add(FailedUpload.of(planner.run(run.getId()), upload.file()));
      }
    }
    return new UploadReport(
        uploads.size(), done, failed, starts.held(), starts.refused(), took, times(ended));
  }

  private static List<Long> times(Map<Long, Run> ended) {
    return ended.values().stream()
        .map(run ->
            FailedUpload.millis(run.getFinishTime()) - FailedUpload.millis(run.getCreateTime()))
        .sorted()
        .toList();
  }
}
