package dev.makespan.agent.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.makespan.agent.WorkReport;
import dev.makespan.core.merge.BatchMember;
import dev.makespan.core.merge.BatchReport;
import dev.makespan.core.merge.Integration;
import dev.makespan.core.merge.Wired;
import dev.makespan.core.plan.TaskId;
import dev.makespan.core.session.AgentSays.Outcome;
import dev.makespan.core.session.BatchSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Batches of real branches, merged with git. */
class BatchWorkTest extends BatchRig {

  private static final String NO_BAD = "echo looked; ! ls | grep -q bad";

  @Test
  void allThatMergesAndIsGreenLandsInOrderOnTheBranchOfThisAttemptAlone() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "b.txt", "b\n");
    verify = "test -f a.txt && test -f b.txt";

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b LANDED");
    assertThat(report.verifications()).isEqualTo(1);
    assertThat(origin.git("rev-parse", branch())).isEqualTo(report.head());
    assertThat(origin.git("log", "--merges", "--reverse", "--format=%s", branch()))
        .isEqualTo("Merge task a: The work of a\nMerge task b: The work of b");
    assertThat(origin.git("branch", "--list", PUBLISHED)).isEmpty();
    assertThat(origin.git("show", "main", "--format=%s", "--no-patch")).isEqualTo("begin");
  }

  @Test
  void theCulpritGoesBackWithTheReportAndTheRestLands() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "bad.txt", "b\n");
    accepted("c", "c.txt", "c\n");
    verify = NO_BAD;

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b RED", "c LANDED");
    assertThat(of(report, "b").report())
        .contains("is red, and without it all is well", "makespan/1/b/7", "looked");
    assertThat(origin.git("ls-tree", "--name-only", report.head()))
        .isEqualTo("README.md\na.txt\nc.txt\nsrc");
  }

  @Test
  void whoConflictsWithWhatLandedGoesBackWithTheFilesAndBothSides() throws IOException {
    accepted("a", "src/a.txt", "ours\n");
    accepted("b", "src/a.txt", "theirs\n");
    accepted("c", "c.txt", "c\n");

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b CONFLICT", "c LANDED");
    assertThat(of(report, "b").files()).containsExactly("src/a.txt");
    assertThat(of(report, "b").report()).contains("ours", "theirs", "makespan/1/b/7");
    assertThat(report.verifications()).isZero();
  }

  @Test
  void whoConflictsWithACulpritAloneWaitsOn() throws IOException {
    accepted("a", "bad.txt", "ours\n");
    accepted("b", "bad.txt", "theirs\n");
    accepted("c", "c.txt", "c\n");
    verify = NO_BAD;

    assertThat(kinds(merged())).containsExactly("a RED", "b LEFT", "c LANDED");
  }

  @Test
  void additionsToAnAppendFileMergeAndWhatIsMadeAnewNeverConflicts() throws IOException {
    accepted("a", "CHANGES", "a\n");
    accepted("b", "CHANGES", "b\n");
    accepted("c", "made.txt", "c\n");
    accepted("d", "made.txt", "d\n");

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b LANDED", "c LANDED", "d LANDED");
    assertThat(origin.show(report.head(), "CHANGES").lines()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void filesAreMadeAnewFromAllThatIsMergedAndNothingElseIsKeptOfIt() throws IOException {
    accepted("a", "src/a.txt", "A\n");
    accepted("b", "src/b.txt", "b\n");
    accepted("c", "made.txt", "of c alone\n");
    regenerate = "cat src/*.txt > made.txt; echo x > left.txt; echo broken > src/a.txt";
    verify = "test ! -e left.txt && grep -q '^A$' src/a.txt && grep -q b made.txt";

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b LANDED", "c LANDED");
    assertThat(report.remade()).containsExactly("made.txt");
    assertThat(origin.show(report.head(), "made.txt")).isEqualTo("A\nb");
    assertThat(origin.show(report.head(), "src/a.txt")).isEqualTo("A");
    assertThat(origin.git("log", "-1", "--format=%s", report.head()))
        .isEqualTo("Make files anew: " + regenerate);
  }

  @Test
  void whatIsMadeAnewIsCommittedOnlyWhenItChanges() throws IOException {
    accepted("a", "a.txt", "a\n");
    regenerate = "true";

    BatchReport report = merged();

    assertThat(report.remade()).isEmpty();
    assertThat(origin.git("log", "-1", "--format=%s", report.head()))
        .isEqualTo("Merge task a: The work of a");
  }

  @Test
  void whoDeletesAFileThatIsMadeAnewConflictsWithNobody() throws IOException {
    origin.write("made.txt", "old\n");
    origin.commit("made");
    accepted("a", "made.txt", "of a\n");
    origin.git("checkout", "--quiet", "-b", "makespan/1/b/7", "main");
    origin.git("rm", "--quiet", "made.txt");
    String commit = origin.commit("work of b");
    origin.git("checkout", "--quiet", "main");
    members.add(
        new BatchSpec.Member(
            new BatchMember(new TaskId("b"), 7), "The work of b", "makespan/1/b/7", commit));

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b LANDED");
    assertThat(origin.show(report.head(), "made.txt")).isEqualTo("of a");
  }

  @Test
  void withWhomFilesCannotBeMadeAnewGoesBack() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "bad.txt", "b\n");
    regenerate = NO_BAD;

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b RED");
    assertThat(of(report, "b").report()).contains("which makes files anew, fails", "looked");
  }

  @Test
  void stubsAreWiredInTheirOrderOnceBothSidesAreThereEachInACommitOfItsOwn() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "b.txt", "b\n");
    wire("earlier", "a", "cat a.txt > wired.txt");
    wire("a", "b", "cat b.txt >> wired.txt");
    verify = "grep -q b wired.txt";

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b LANDED");
    assertThat(report.wired()).containsExactly(wired("earlier", "a"), wired("a", "b"));
    assertThat(origin.show(report.head(), "wired.txt")).isEqualTo("a\nb");
    assertThat(origin.git("log", "-2", "--reverse", "--format=%s", report.head()))
        .isEqualTo("Wire earlier to a via a call\nWire a to b via a call");
  }

  @Test
  void withWhomAStubCannotBeWiredGoesBackAndWhatHasNoPartInItLands() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "bad.txt", "b\n");
    accepted("c", "c.txt", "c\n");
    wire("a", "b", "echo no such function; false");
    wire("a", "c", "echo ac > wired.txt");

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b RED", "c LANDED");
    assertThat(of(report, "b").report()).contains("wiring a to b via a call", "no such function");
    assertThat(report.wired()).containsExactly(wired("a", "c"));
  }

  @Test
  void aBatchWithoutMembersWiresWhatIsThereAlready() throws IOException {
    wire("a", "b", "echo ab > wired.txt");

    BatchReport report = merged();

    assertThat(report.wired()).containsExactly(wired("a", "b"));
    assertThat(origin.show(branch(), "wired.txt")).isEqualTo("ab");
    assertThat(origin.git("rev-parse", branch())).isEqualTo(report.head());
  }

  @Test
  void whatCannotBeWiredWithNobodyToBlameWaitsForAPerson() throws IOException {
    wire("a", "b", "echo no such function; false");

    WorkReport report = begin().report();

    assertThat(report.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).contains("wiring a to b via a call", "no such function");
  }

  private void wire(String producer, String consumer, String command) {
    wirings.add(
        new BatchSpec.Wiring(new TaskId(producer), new TaskId(consumer), "a call", command));
  }

  private static Wired wired(String producer, String consumer) {
    return new Wired(new TaskId(producer), new TaskId(consumer));
  }

  @Test
  void aRedBaseIsNobodysFaultAndSaidSo() throws IOException {
    origin.write("bad.txt", "x\n");
    origin.commit("break it");
    accepted("a", "a.txt", "a\n");
    verify = NO_BAD;

    WorkReport report = begin().report();

    assertThat(report.outcome()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).startsWith("what everything is merged into is red itself");
    assertThat(report.batch()).isNull();
  }

  @Test
  void theBranchThatPeopleLookAtIsMovedToWhatLandedBefore() throws IOException {
    accepted("a", "a.txt", "a\n");
    head = merged().head();
    base = branch();
    members.clear();
    publish = true;

    BatchReport report = merged();

    assertThat(report.published()).isEqualTo(head);
    assertThat(report.head()).isEqualTo(head);
    assertThat(origin.git("rev-parse", PUBLISHED)).isEqualTo(head);
  }

  @Test
  void whatOthersPutOnThatBranchIsNotOverwritten() throws IOException {
    origin.git("checkout", "--quiet", "-b", PUBLISHED);
    origin.write("other.txt", "x\n");
    String others = origin.commit("of somebody else");
    origin.git("checkout", "--quiet", "main");
    accepted("a", "a.txt", "a\n");
    head = merged().head();
    base = branch();
    publish = true;

    WorkReport report = begin().report();

    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.FATAL);
    assertThat(report.message()).contains(PUBLISHED, "commits that this run has not made");
    assertThat(origin.git("rev-parse", PUBLISHED)).isEqualTo(others);
  }

  @Test
  void aCommitThatIsGoneGoesBackAndTheRestLands() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "b.txt", "b\n");
    BatchSpec.Member b = members.removeLast();
    members.add(new BatchSpec.Member(b.of(), b.title(), "makespan/1/gone/7", "0".repeat(40)));

    BatchReport report = merged();

    assertThat(kinds(report)).containsExactly("a LANDED", "b RED");
    assertThat(of(report, "b").report()).contains("it is not there");
  }

  @Test
  void whatVerifyingLeavesInGitsFolderFailsTheBatch() throws IOException {
    accepted("a", "a.txt", "a\n");
    accepted("b", "bad.txt", "b\n");
    verify = "git config alias.x '!rm -rf /'; exit 1";

    WorkReport report = begin().report();

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.message()).contains("git's own folder");
  }

  @Test
  void mergingIsStoppedWhereItIsAndLeavesNothing() throws Exception {
    accepted("a", "a.txt", "a\n");
    verify = "sleep 60";
    Heard heard = begin();
    heard.awaitStart();
    Path attempts = temp.resolve("work/attempts/agent-1");
    while (heard.progress.isEmpty()) {
      Thread.onSpinWait();
    }

    runner.close();

    assertThat(heard.stopped()).isIn("KILL", "between commands");
    assertThat(origin.git("branch", "--list", branch())).isEmpty();
    try (var left = Files.list(attempts)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aBatchOfTheLargestSizeMergesWithOneVerification() throws IOException {
    for (int i = 0; i < Integration.MAX_BATCH; i++) {
      accepted("t" + i, "f" + i + ".txt", "x\n");
    }
    verify = "true";

    BatchReport report = merged();

    assertThat(report.landed()).isEqualTo(Integration.MAX_BATCH);
    assertThat(report.verifications()).isEqualTo(1);
  }
}
