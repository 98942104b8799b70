package dev.makespan.examples.upload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What came of many uploads.
 *
 * @param held uploads that were told to come back later at least once
 * @param refused answers that said so
 * @param failed those that ended badly
 * @param took from the first call to the last end
 * @param runMillis from each run's creation to its end, sorted
 */
record UploadReport(
    int uploads,
    int done,
    List<FailedUpload> failed,
    int held,
    int refused,
    Duration took,
    List<Long> runMillis) {

  UploadReport {
    failed = List.copyOf(failed);
    runMillis = List.copyOf(runMillis);
  }

  /** Uploads that nobody knows anything of. */
  int lost() {
    return uploads - done - failed.size();
  }

  private long quantile(double part) {
    return runMillis.isEmpty()
        ? 0
        : runMillis.get((int) Math.min(runMillis.size() - 1, Math.floor(runMillis.size() * part)));
  }

  private double perSecond() {
    return (done + failed.size()) * 1e3 / Math.max(1, took.toMillis());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d uploads: %d done, %d failed, %d lost".formatted(uploads, done, failed.size(), lost()));
    lines.add(
        "intake: %d uploads were told to come back later, %d times in all"
            .formatted(held, refused));
    lines.add(
        String.format(
            Locale.ROOT, "took %.1f s, %.2f uploads/s", took.toMillis() / 1e3, perSecond()));
    lines.add(
        String.format(
            Locale.ROOT,
            "a run took %.1f s by the median, %.1f s for 95 of 100, %.1f s at most",
            quantile(0.5) / 1e3,
            quantile(0.95) / 1e3,
            quantile(1) / 1e3));
    for (FailedUpload one : failed) {
      for (FailedUpload.FailedTask task : one.tasks()) {
        lines.add(
            "run %d failed in %s after %d attempts: %s"
                .formatted(one.run(), task.task(), task.attempts(), task.message()));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  String json() {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("uploads", uploads).put("done", done).put("lost", lost());
    node.put("held", held).put("refused", refused);
    node.put("tookSeconds", took.toMillis() / 1e3).put("perSecond", perSecond());
    ObjectNode run = node.putObject("runSeconds");
    for (int percent : Arrays.asList(50, 95, 100)) {
      run.put("p" + percent, quantile(percent / 100.0) / 1e3);
    }
    ArrayNode all = node.putArray("failed");
    for (FailedUpload one : failed) {
      ObjectNode upload = all.addObject();
      upload.put("run", one.run()).put("file", one.file().toString());
      ArrayNode tasks = upload.putArray("tasks");
      for (FailedUpload.FailedTask task : one.tasks()) {
        ObjectNode entry = tasks.addObject();
        entry.put("task", task.task()).put("message", task.message());
        entry.put("attempts", task.attempts());
        ArrayNode pauses = entry.putArray("pausesMillis");
        task.pausesMillis().forEach(pauses::add);
      }
    }
    return node.toPrettyString();
  }
}
