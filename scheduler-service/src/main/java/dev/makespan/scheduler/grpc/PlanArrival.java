package dev.makespan.scheduler.grpc;

import com.google.protobuf.CodedOutputStream;
import dev.makespan.core.plan.Plan;
import dev.makespan.formats.plan.PlanAssembly;
import dev.makespan.proto.plan.v1.Task;
import dev.makespan.scheduler.EncodedPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A plan as it comes, in one message or in several; each is read and forgotten. */
final class PlanArrival {

  /** Of all parts of a plan together. */
  static final int MAX_PLAN_BYTES = 128 << 20;

  private final PlanAssembly assembly = new PlanAssembly();
  private final List<byte[]> encoded = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private final CodedOutputStream hashed =
      CodedOutputStream.newInstance(
          new DigestOutputStream(OutputStream.nullOutputStream(), digest));
  private long bytes;
  private @Nullable String problem;

  PlanArrival() {
    hashed.useDeterministicSerialization();
  }

  /** The next part. What is wrong with it is told in the end. */
  void add(dev.makespan.proto.plan.v1.Plan part) {
    bytes += part.getSerializedSize();
    if (problem != null || isTooLarge()) {
      return;
    }
    try {
      assembly.add(part);
      encoded.add(part.toByteArray());
      hash(part);
    } catch (IllegalArgumentException e) {
      problem = e.getMessage();
    }
  }

  boolean isTooLarge() {
    return bytes > MAX_PLAN_BYTES;
  }

  /** Task by task, so that a plan has one hash in whatever parts it comes. */
  private void hash(dev.makespan.proto.plan.v1.Plan part) {
    try {
      if (encoded.size() == 1) {
        hashed.writeMessageNoTag(part.toBuilder().clearTasks().build());
      }
      for (Task task : part.getTasksList()) {
        hashed.writeMessageNoTag(task);
      }
    } catch (IOException e) {
      throw new IllegalStateException("a stream to nowhere takes everything", e);
    }
  }

  /** SHA-256 of what came, beside what {@code first} is the hash of; to be asked once. */
  String hashAfter(String first) {
    try {
      hashed.flush();
    } catch (IOException e) {
      throw new IllegalStateException("a stream to nowhere takes everything", e);
    }
    return HexFormat.of().formatHex(digest.digest(first.getBytes(StandardCharsets.US_ASCII)));
  }

  /** The whole; null: it is none, as {@code problems} says now. */
  @Nullable Plan plan(List<FieldProblem> problems) {
    try {
      if (problem == null) {
        return assembly.plan();
      }
      problems.add(new FieldProblem("plan", problem));
    } catch (IllegalArgumentException e) {
      problems.add(new FieldProblem("plan", String.valueOf(e.getMessage())));
    }
    return null;
  }

  EncodedPlan encoded() {
    return new EncodedPlan(encoded);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
