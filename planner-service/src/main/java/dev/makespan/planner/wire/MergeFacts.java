package dev.makespan.planner.wire;

import dev.makespan.proto.run.v1.BatchEnded;
import dev.makespan.proto.run.v1.MemberOutcome;
import java.util.List;
import java.util.Map;

/** What became of a batch, by name. */
final class MergeFacts {

  private MergeFacts() {}

  static Map<String, Object> ended(BatchEnded ended) {
    return EventFacts.facts(
        "fence", ended.getFence(),
        "head", ended.getHead(),
        "published", ended.getPublished(),
        "members", ended.getMembersList().stream().map(MergeFacts::member).toList(),
        "verifications", ended.getVerifications(),
        "verified", ended.getVerified());
  }

  private static Map<String, Object> member(MemberOutcome member) {
    return EventFacts.facts(
        "task", member.getMember().getTask(),
        "verdict", EventFacts.name(member.getVerdict(), "MEMBER_VERDICT_"),
        "report", member.getReport(),
        "files", List.copyOf(member.getFilesList()));
  }
}
