package dev.makespan.gateway.records.s3;

import dev.makespan.gateway.records.Sweep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Lists all that is kept; several gateways may do so at the same time. */
final class S3Sweep implements Sweep {

  /** An upload in parts that began so long ago has no writer any more. */
  static final Duration ABANDONED = Duration.ofDays(1);

  /** Run, task and fence stand between the prefix and the rest. */
  private static final int PARTS = 3;

  private final S3Bucket bucket;
  private final S3Keys keys;
  private final Duration retention;

  S3Sweep(S3Bucket bucket, S3Keys keys, Duration retention) {
    this.bucket = bucket;
    this.keys = keys;
    this.retention = retention;
  }

  @Override
  public int sweep(Instant now) throws IOException {
    Map<String, Instant> newest = new HashMap<>();
    bucket.list(
        keys.runs(),
        entry -> {
          String attempt = attemptOf(entry.key());
          if (!attempt.isEmpty()) {
            newest.merge(attempt, entry.modified(), (a, b) -> a.isAfter(b) ? a : b);
          }
        });
    int forgotten = 0;
    for (Map.Entry<String, Instant> attempt : newest.entrySet()) {
      if (attempt.getValue().isBefore(now.minus(retention))) {
        List<String> all = new ArrayList<>();
        bucket.list(attempt.getKey(), entry -> all.add(entry.key()));
        bucket.delete(all);
        forgotten++;
      }
    }
    for (MultipartUpload upload : bucket.openParts(keys.runs())) {
      if (upload.initiated().isBefore(now.minus(ABANDONED))) {
        bucket.dropParts(upload.key(), upload.uploadId());
      }
    }
    return forgotten;
  }

  /** The prefix of all keys of the same attempt; empty: it is of none. */
  private String attemptOf(String key) {
    int at = keys.runs().length();
    for (int i = 0; i < PARTS; i++) {
      at = key.indexOf('/', at) + 1;
      if (at == 0) {
        return "";
      }
    }
    return key.substring(0, at);
  }
}
