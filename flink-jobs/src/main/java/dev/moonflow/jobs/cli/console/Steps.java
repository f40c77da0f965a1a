package dev.moonflow.jobs.cli.console;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The steps of a start, a line each: what is being started, then what came of it and how long. */
public final class Steps {
  private static final int NAME_WIDTH = 10;
  private static final int TEXT_WIDTH = 62;

  private final Console console;

  /** Steps shown on a console. */
  public Steps(Console console) {
    this.console = console;
  }

  /**
   * Does a step and shows it.
   *
   * @param doing shown while it lasts, where a person watches
   * @param done what came of it, from its result
   */
  public <T> T step(String name, String doing, Callable<T> work, Function<T, String> done)
      throws Exception {
    long start = System.nanoTime();
    if (console.terminal()) {
      console.err().print(line(name, doing + " ..."));
      console.err().flush();
    }
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      if (console.terminal() && !Lifetime.stopping()) {
        console.note("");
      }
      throw e;
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    String clear = console.terminal() ? "\r\u001b[K" : "";
    String text = PrintableText.pad(done.apply(result), Math.min(TEXT_WIDTH, console.width() - 24));
    console.note(clear + line(name, text) + "  " + Quantities.time(time));
    return result;
  }

  /** A line without a time. */
  public void say(String name, String text) {
    console.note(line(name, text));
  }

  private static String line(String name, String text) {
    return "  " + PrintableText.pad(name, NAME_WIDTH) + " " + text;
  }
}
