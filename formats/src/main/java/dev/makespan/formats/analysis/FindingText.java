package dev.makespan.formats.analysis;

import dev.makespan.core.finding.Finding;
import dev.makespan.core.finding.Remedy;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is said of a finding, whatever the format. */
final class FindingText {

  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:,@%+=-]+");

  private FindingText() {}

  /** "wins 2h15m"; "nothing to do" without a remedy. */
  static String gain(Finding finding) {
    return finding.remedies().isEmpty()
        ? "nothing to do"
        : Figures.gain(finding.remedies().getFirst());
  }

  /** "wins 2h15m (4h15m), effort low, risk medium" */
  static String price(Remedy remedy) {
    String makespan =
        remedy.makespan() == null ? "" : " (" + Figures.duration(remedy.makespan()) + ")";
    return "%s%s, effort %s, risk %s"
        .formatted(
            Figures.gain(remedy),
            makespan,
            Figures.word(remedy.effort()),
            Figures.word(remedy.risk()));
  }

  /** A sentence without its full stop, so that something can follow it. */
  static String open(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  /** Whether the recommended remedy is something that a plan file can say. */
  static boolean isApplicable(Finding finding) {
    return !finding.remedies().isEmpty() && !finding.remedies().getFirst().changes().isEmpty();
  }

  /** A line for a shell. */
  static String applyCommand(String file, List<String> findings) {
    return "makespan apply "
        + quoted(file)
        + " "
        + findings.stream().map(FindingText::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
