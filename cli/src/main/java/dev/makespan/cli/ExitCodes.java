package dev.makespan.cli;

/** What scripts rely on; every command's help lists those that it uses. */
public final class ExitCodes {

  public static final int DONE = 0;
  public static final int RUN_FAILED = 1;
  public static final int BAD_INPUT = 2;
  public static final int UNREACHABLE = 3;
  public static final int CANCELLED = 4;
  public static final int INTERNAL = 70;

  private ExitCodes() {}
}
