package dev.makespan.planner.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.planner.Plans;
import dev.makespan.planner.Upload;
import dev.makespan.planner.wire.StoredPlanProto;
import dev.makespan.proto.plan.v1.DownloadPlanResponse;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A stored file in parts, each made when it is sent. */
final class FileParts implements Iterator<DownloadPlanResponse> {

  private final Plans.Opened plan;
  private final ByteString file;
  private int offset;

  FileParts(Plans.Opened plan) {
    this.plan = plan;
    this.file = UnsafeByteOperations.unsafeWrap(plan.source().content());
  }

  @Override
  public boolean hasNext() {
    return offset < file.size();
  }

  @Override
  public DownloadPlanResponse next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int end = Math.min(file.size(), offset + Upload.MAX_CHUNK_BYTES);
    DownloadPlanResponse.Builder part =
        DownloadPlanResponse.newBuilder()
            .setOffset(offset)
            .setSize(file.size())
            .setData(file.substring(offset, end));
    if (offset == 0) {
      part.setPlan(StoredPlanProto.toProto(plan.stored())).setFileName(plan.source().fileName());
    }
    offset = end;
    return part.build();
  }
}
