package dev.moonflow.jobs.cli.console;

import java.io.PrintStream;

/**
 * Where a command writes: results on standard output, everything about the run on standard error.
 * Safe for use by several threads; a line is never mixed with another.
 */
public final class Console {
  private static final int WIDTH_DEFAULT = 110;
  private static final int WIDTH_MIN = 60;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final int width;

  /**
   * A console.
   *
   * @param terminal whether a person watches; only then styles and moving lines are used
   * @param width columns of a line, or 0 for the default
   */
  public Console(PrintStream out, PrintStream err, boolean terminal, int width) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.width = width == 0 ? WIDTH_DEFAULT : Math.max(WIDTH_MIN, width);
  }

  /** The console of this process: the launcher says whether a terminal is there and how wide. */
  public static Console ofProcess(PrintStream out, PrintStream err) {
    int width = Integer.getInteger("moonflow.columns", 0);
    boolean styles = width > 0 && System.getenv("NO_COLOR") == null;
    return new Console(out, err, styles, width);
  }

  /** A line of results. */
  public void line(String text) {
    synchronized (this) {
      out.println(text);
      out.flush();
    }
  }

  /** A piece of results that stays on its line, shown at once. */
  public void piece(String text) {
    synchronized (this) {
      out.print(text);
      out.flush();
    }
  }

  /** A line about the run. */
  public void note(String text) {
    synchronized (this) {
      err.println(text);
      err.flush();
    }
  }

  /** Standard output itself, for a library that prints. */
  public PrintStream out() {
    return out;
  }

  /** Standard error itself, for a library that prints. */
  public PrintStream err() {
    return err;
  }

  /** Whether a person watches. */
  public boolean terminal() {
    return terminal;
  }

  /** Columns of a line. */
  public int width() {
    return width;
  }

  /** Bold, where a person watches. */
  public String bold(String text) {
    return style("1", text);
  }

  /** Green, where a person watches. */
  public String good(String text) {
    return style("32", text);
  }

  /** Yellow, where a person watches. */
  public String warning(String text) {
    return style("33", text);
  }

  /** Red, where a person watches. */
  public String bad(String text) {
    return style("31", text);
  }

  private String style(String code, String text) {
    return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
