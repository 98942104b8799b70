package dev.makespan.gateway.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.InputStream;

/** Says the content of an artifact in parts. */
final class ArtifactParts {

  private static final int PART_BYTES = 1 << 18;

  private ArtifactParts() {}

  /** Says one part. */
  interface Saying {
    /** False: no more is wanted. */
    boolean say(ByteString part) throws InterruptedException;
  }

  /** One part is in memory at a time. */
  static void say(InputStream content, Saying saying) throws IOException, InterruptedException {
    try (content) {
      byte[] part = content.readNBytes(PART_BYTES);
      while (part.length > 0 && saying.say(UnsafeByteOperations.unsafeWrap(part))) {
        part = content.readNBytes(PART_BYTES);
      }
    }
  }
}
