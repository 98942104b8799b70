package dev.makespan.cli;

/**
 * What standard output is, as the launcher has found out.
 *
 * @param live lines can be drawn again in place
 */
record Terminal(boolean live, boolean colour, int columns, int rows) {

  private static final int COLUMNS = 100;
  private static final int ROWS = 24;
  private static final int MIN_COLUMNS = 30;

  static Terminal ofProcess() {
    boolean terminal = System.getProperty("makespan.columns") != null;
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    String noColour = System.getenv("NO_COLOR");
    return new Terminal(
        terminal && !dumb,
        terminal && !dumb && (noColour == null || noColour.isEmpty()),
        Math.max(MIN_COLUMNS, Integer.getInteger("makespan.columns", COLUMNS)),
        Integer.getInteger("makespan.rows", ROWS));
  }
}
