package dev.makespan.planner.testing;

import com.google.protobuf.Timestamp;
import dev.makespan.proto.run.v1.Batch;
import dev.makespan.proto.run.v1.BatchMember;
import dev.makespan.proto.run.v1.MemberOutcome;
import dev.makespan.proto.run.v1.MemberVerdict;
import dev.makespan.proto.run.v1.MergeHold;
import dev.makespan.proto.run.v1.MergeQueue;
import dev.makespan.proto.run.v1.RunWiring;
import dev.makespan.proto.run.v1.WiredStub;
import dev.makespan.proto.run.v1.WiringProgress;

/** A merge queue with something of everything. */
public final class SomeMerges {

  private static final String HEAD = "a".repeat(40);

  public static final MergeQueue QUEUE =
      MergeQueue.newBuilder()
          .setBranch("makespan/1/integration")
          .addWaiting(member("menu", 3))
          .addWaiting(member("cart", 4))
          .addBatch(member("menu", 3))
          .setAgent("dev-1")
          .setHead(HEAD)
          .setPublished(HEAD)
          .setHold(MergeHold.newBuilder().setReason("lunch").setBy("ann").setSinceTime(second(5)))
          .setTrouble("the base is red")
          .addWirings(
              RunWiring.newBuilder()
                  .setProducer("tax")
                  .setConsumer("receipt")
                  .setVia("a call")
                  .setWire("make wire")
                  .setProgress(WiringProgress.WIRING_PROGRESS_WIRED))
          .addWirings(
              RunWiring.newBuilder()
                  .setProducer("menu")
                  .setConsumer("cart")
                  .setVia("a row")
                  .setProgress(WiringProgress.WIRING_PROGRESS_BY_PEOPLE))
          .addBatches(
              Batch.newBuilder()
                  .setNumber(1)
                  .setFence(9)
                  .setFormTime(second(1))
                  .setEndTime(second(2))
                  .setHead(HEAD)
                  .setPublished("")
                  .addMembers(
                      MemberOutcome.newBuilder()
                          .setMember(member("tax", 2))
                          .setVerdict(MemberVerdict.MEMBER_VERDICT_LANDED))
                  .addMembers(
                      MemberOutcome.newBuilder()
                          .setMember(member("menu", 1))
                          .setVerdict(MemberVerdict.MEMBER_VERDICT_CONFLICT)
                          .setReport("both sides")
                          .addFiles("src/Shop.java"))
                  .addMembers(
                      MemberOutcome.newBuilder()
                          .setMember(member("red", 1))
                          .setVerdict(MemberVerdict.MEMBER_VERDICT_RED)
                          .setReport("1 test failed"))
                  .addMembers(
                      MemberOutcome.newBuilder()
                          .setMember(member("left", 1))
                          .setVerdict(MemberVerdict.MEMBER_VERDICT_LEFT))
                  .setVerifications(3)
                  .setVerified("12 tests pass")
                  .addWired(WiredStub.newBuilder().setProducer("tax").setConsumer("receipt"))
                  .addRemade("parts.txt"))
          .build();

  private SomeMerges() {}

  private static BatchMember member(String task, long fence) {
    return BatchMember.newBuilder().setTask(task).setFence(fence).build();
  }

  private static Timestamp second(long second) {
    return Timestamp.newBuilder().setSeconds(1_800_000_000 + second).build();
  }
}
