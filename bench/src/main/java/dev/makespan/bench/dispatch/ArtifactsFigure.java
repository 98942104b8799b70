package dev.makespan.bench.dispatch;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.makespan.bench.JvmMemory;
import dev.makespan.bench.dispatch.Reading.Goal;
import dev.makespan.cli.suite.Service;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.MadeArtifact;
import dev.makespan.proto.agent.v1.PutArtifactHeader;
import dev.makespan.proto.agent.v1.PutArtifactRequest;
import dev.makespan.proto.agent.v1.PutArtifactResponse;
import dev.makespan.proto.run.v1.DownloadArtifactRequest;
import dev.makespan.proto.run.v1.DownloadArtifactResponse;
import dev.makespan.proto.run.v1.RecordServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** One large artifact: up through the gateway, down through planner and gateway. */
final class ArtifactsFigure {

  private static final int PIECE_BYTES = 1 << 18;
  private static final int PIECES_PER_MIB = (1 << 20) / PIECE_BYTES;

  /** How much a gateway may grow for an artifact of any size. */
  private static final double BOUND_MIB = 256;

  private final Rig rig;
  private final Holders.Held holder;
  private final int mebibytes;
  private final byte[] noise = new byte[PIECE_BYTES];

  ArtifactsFigure(Rig rig, Holders.Held holder, int mebibytes) {
    this.rig = rig;
    this.holder = holder;
    this.mebibytes = mebibytes;
    new Random(1).nextBytes(noise);
  }

  Readings measure(int repeat) throws InterruptedException {
    long gateway = rig.pid(Service.GATEWAY);
    double[] up = new double[repeat];
    double[] down = new double[repeat];
    String sha256 = hash();
    double heapBefore = JvmMemory.heapMib(gateway);
    double before = StreamsFigure.rssMib(gateway);
    double highest;
    try (PeakMemory peak = PeakMemory.of(gateway)) {
      for (int i = 0; i < repeat; i++) {
        MadeArtifact artifact =
            MadeArtifact.newBuilder()
                .setName("large-" + i)
                .setSha256(sha256)
                .setBytes((long) mebibytes << 20)
                .build();
        up[i] = rate(upload(artifact));
        down[i] = rate(download(artifact));
      }
      highest = peak.highestMib();
    }
    rig.requireWhole();
    Readings readings = new Readings("an artifact of %,d MiB".formatted(mebibytes));
    readings.fact("pieces", PIECE_BYTES + " bytes");
    readings.fact("gateway's memory before", Math.round(before) + " MiB");
    readings.fact("its heap before, collected", Math.round(heapBefore) + " MiB");
    readings.fact("and after", Math.round(JvmMemory.heapMib(gateway)) + " MiB");
    readings.add(Reading.of("up, durable and hashed", "MB/s", up, Goal.NONE));
    readings.add(Reading.of("down through the planner, hashed", "MB/s", down, Goal.NONE));
    readings.add(
        Reading.of(
            "highest memory of the gateway over before",
            "MiB",
            highest - before,
            Goal.atMost(BOUND_MIB, BOUND_MIB / 2)));
    return readings;
  }

  private double rate(double seconds) {
    return ((long) mebibytes << 20) / seconds / LogsFigure.MEGABYTE;
  }

  private ByteString piece(long number) {
    byte[] piece = noise.clone();
    ByteBuffer.wrap(piece).putLong(number);
    return UnsafeByteOperations.unsafeWrap(piece);
  }

  private String hash() {
    MessageDigest digest = sha256();
    for (long i = 0; i < (long) mebibytes * PIECES_PER_MIB; i++) {
      digest.update(piece(i).asReadOnlyByteBuffer());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private double upload(MadeArtifact artifact) {
    ManagedChannel channel = channel(rig.gatewayPort());
    try {
      long began = System.nanoTime();
      Upload upload = new Upload(artifact);
      BulkServiceGrpc.newStub(channel).putArtifact(upload);
      upload.kept.join();
      return (System.nanoTime() - began) / 1e9;
    } finally {
      channel.shutdownNow();
    }
  }

  private double download(MadeArtifact artifact) {
    ManagedChannel channel = channel(rig.plannerPort());
    try {
      long began = System.nanoTime();
      Iterator<DownloadArtifactResponse> parts =
          RecordServiceGrpc.newBlockingStub(channel)
              .downloadArtifact(
                  DownloadArtifactRequest.newBuilder()
                      .setRunId(holder.task().getRunId())
                      .setTask(holder.task().getTask())
                      .setName(artifact.getName())
                      .build());
      MessageDigest digest = sha256();
      while (parts.hasNext()) {
        parts.next().getData().asReadOnlyByteBufferList().forEach(digest::update);
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      if (!HexFormat.of().formatHex(digest.digest()).equals(artifact.getSha256())) {
        throw new IllegalStateException("another artifact came back");
      }
      return seconds;
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  /** Says a piece whenever the stream has room for it. */
  private final class Upload
      implements ClientResponseObserver<PutArtifactRequest, PutArtifactResponse> {

    private final MadeArtifact artifact;
    private final CompletableFuture<Boolean> kept = new CompletableFuture<>();
    private long next = -1;

    Upload(MadeArtifact artifact) {
      this.artifact = artifact;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<PutArtifactRequest> call) {
      call.setOnReadyHandler(() -> say(call));
    }

    private void say(ClientCallStreamObserver<PutArtifactRequest> call) {
      long pieces = (long) mebibytes * PIECES_PER_MIB;
      while (call.isReady() && next < pieces) {
        if (next < 0) {
          PutArtifactHeader.Builder header =
              PutArtifactHeader.newBuilder()
                  .setSessionId(holder.session())
                  .setTask(holder.task())
                  .setArtifact(artifact);
          call.onNext(PutArtifactRequest.newBuilder().setHeader(header).build());
        } else {
          call.onNext(PutArtifactRequest.newBuilder().setData(piece(next)).build());
        }
        next++;
        if (next == pieces) {
          call.onCompleted();
        }
      }
    }

    @Override
    public void onNext(PutArtifactResponse response) {
      kept.complete(!response.getExisted());
    }

    @Override
    public void onError(Throwable cause) {
      kept.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {}
  }
}
