package dev.makespan.bench.dispatch;

import com.google.protobuf.ByteString;
import dev.makespan.proto.agent.v1.BulkServiceGrpc;
import dev.makespan.proto.agent.v1.LogChunk;
import dev.makespan.proto.agent.v1.WriteLogsOpen;
import dev.makespan.proto.agent.v1.WriteLogsRequest;
import dev.makespan.proto.agent.v1.WriteLogsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Logs that are written as fast as the gateway takes them, or at a rate. All on one thread. */
final class LogLoad implements AutoCloseable {

  static final int CHUNK_BYTES = 65_536;

  private static final long TICK_MILLIS = 2;
  private static final long CLOSING_SECONDS = 20;

  private final EventLoopGroup loops = new NioEventLoopGroup(1);
  private final EventLoop loop = loops.next();
  private final List<Writer> writers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final AtomicLong durable = new AtomicLong();
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final CountDownLatch open;
  private final ByteString text;
  private final double bytesPerSecond;
  private final long beganNanos = System.nanoTime();
  private long said;

  private LogLoad(int writers, double bytesPerSecond) {
    this.open = new CountDownLatch(writers);
    this.bytesPerSecond = bytesPerSecond;
    String line = "[INFO] compiled src/main/java/dev/example/Some.java in 12 ms, no warnings\n";
    this.text =
        ByteString.copyFromUtf8(line.repeat(CHUNK_BYTES / line.length() + 1))
            .substring(0, CHUNK_BYTES);
  }

  /** {@code bytesPerSecond}: of all together; infinite: what is taken. */
  static LogLoad open(int port, List<Holders.Held> attempts, double bytesPerSecond)
      throws InterruptedException {
    LogLoad load = new LogLoad(attempts.size(), bytesPerSecond);
    for (Holders.Held attempt : attempts) {
      load.add(port, attempt);
    }
    var _ =
        load.loop.scheduleAtFixedRate(
            () -> load.writers.forEach(Writer::pump),
            TICK_MILLIS,
            TICK_MILLIS,
            TimeUnit.MILLISECONDS);
    if (!load.open.await(CLOSING_SECONDS, TimeUnit.SECONDS)) {
      load.close();
      throw new IllegalStateException("logs were not taken: " + load.trouble.get());
    }
    return load;
  }

  /** Each over a connection of its own, as agents do. */
  private void add(int port, Holders.Held attempt) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .eventLoopGroup(loops)
            .channelType(NioSocketChannel.class)
            .directExecutor()
            .build();
    channels.add(channel);
    Writer writer = new Writer(attempt);
    loop.execute(() -> {
      writers.add(writer);
      BulkServiceGrpc.newStub(channel).writeLogs(writer);
      writer.begin();
    });
  }

  /** Bytes that the gateway has said to be durable. */
  long durableBytes() {
    String wrong = trouble.get();
    if (wrong != null) {
      throw new IllegalStateException("a log broke off: " + wrong);
    }
    return durable.get();
  }

  @Override
  public void close() {
    loop.submit(() -> writers.forEach(Writer::end)).awaitUninterruptibly();
    channels.forEach(ManagedChannel::shutdown);
    try {
      for (ManagedChannel channel : channels) {
        channel.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channels.forEach(ManagedChannel::shutdownNow);
    loops.shutdownGracefully(0, CLOSING_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  /** One log. */
  private final class Writer
      implements ClientResponseObserver<WriteLogsRequest, WriteLogsResponse> {

    private final Holders.Held attempt;
    private @Nullable ClientCallStreamObserver<WriteLogsRequest> call;
    private long position = -1;
    private long sequence;
    private boolean over;

    Writer(Holders.Held attempt) {
      this.attempt = attempt;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WriteLogsRequest> started) {
      call = started;
      started.setOnReadyHandler(this::pump);
    }

    void begin() {
      if (call != null) {
        WriteLogsOpen.Builder opening =
            WriteLogsOpen.newBuilder().setSessionId(attempt.session()).setTask(attempt.task());
        call.onNext(WriteLogsRequest.newBuilder().setOpen(opening).build());
      }
    }

    @Override
    public void onNext(WriteLogsResponse response) {
      if (position < 0) {
        sequence = response.getPosition();
        open.countDown();
      } else {
        durable.addAndGet((response.getPosition() - position) * CHUNK_BYTES);
      }
      position = response.getPosition();
      pump();
    }

    void pump() {
      while (call != null && !over && position >= 0 && call.isReady() && isDue()) {
        sequence++;
        said += CHUNK_BYTES;
        LogChunk.Builder chunk =
            LogChunk.newBuilder()
                .setSequence(sequence)
                .setOffset((sequence - 1) * CHUNK_BYTES)
                .setData(text);
        call.onNext(WriteLogsRequest.newBuilder().setChunk(chunk).build());
      }
    }

    private boolean isDue() {
      return said < (System.nanoTime() - beganNanos) / 1e9 * bytesPerSecond;
    }

    void end() {
      if (call != null && !over) {
        over = true;
        call.onCompleted();
      }
    }

    @Override
    public void onError(Throwable cause) {
      if (!over) {
        over = true;
        trouble.compareAndSet(null, Status.fromThrowable(cause).toString());
      }
    }

    @Override
    public void onCompleted() {
      over = true;
    }
  }
}
