package dev.makespan.agent.runner;

import dev.makespan.core.session.AgentSays.Outcome;

/**
 * What the exit code of a command says: whether the work is good, whether trying again may help,
 * and what people know the number for.
 */
record ExitMeaning(Outcome outcome, String text) {

  /** EX_TEMPFAIL and EX_CONFIG of sysexits.h. */
  private static final int LATER = 75;

  private static final int CONFIGURATION = 78;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNAL = 128;
  private static final int MAX_SIGNAL = 64;

  static ExitMeaning of(int code) {
    String number = "exit code " + code;
    return switch (code) {
      case 0 -> new ExitMeaning(Outcome.OK, "done");
      case LATER -> new ExitMeaning(Outcome.FAILED, number + ": the command asks for another try");
      case CONFIGURATION ->
          new ExitMeaning(Outcome.FATAL, number + ": the command is configured wrongly");
      case NOT_EXECUTABLE ->
          new ExitMeaning(Outcome.FATAL, number + ": the program is there and cannot be executed");
      case NOT_FOUND -> new ExitMeaning(Outcome.FATAL, number + ": the program was not found");
      default -> new ExitMeaning(Outcome.FAILED, number + signal(code - SIGNAL));
    };
  }

  private static String signal(int number) {
    if (number < 1 || number > MAX_SIGNAL) {
      return "";
    }
    return switch (number) {
      case 1 -> ": ended by HUP";
      case 2 -> ": ended by INT";
      case 6 -> ": ended by ABRT";
      case 9 -> ": ended by KILL, as when memory runs out";
      case 11 -> ": ended by SEGV";
      case 13 -> ": ended by PIPE";
      case 15 -> ": ended by TERM";
      case 24 -> ": ended by XCPU, its limit of processor time";
      case 25 -> ": ended by XFSZ, its limit of file sizes";
      default -> ": ended by signal " + number;
    };
  }
}
