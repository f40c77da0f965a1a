package dev.moonflow.jobs.chaos;

import dev.moonflow.jobs.chaos.Fault.Action;
import java.io.IOException;

/** One server of a run: the process that plays it now, and how the next one is started. */
final class Server implements AutoCloseable {
  private static final int TERMINATE_SECONDS = 10;

  private final Target target;
  private final Start start;
  private JavaProcess process;
  private boolean away;

  /** How its process is started. */
  interface Start {
    /** Starts one and returns at once. */
    JavaProcess start() throws IOException;
  }

  Server(Target target, Start start) {
    this.target = target;
    this.start = start;
  }

  Target target() {
    return target;
  }

  /** Starts it; the process before it has ended. */
  void start() throws IOException {
    process = start.start();
    away = false;
  }

  /** Does the first half of a fault to it. */
  void strike(Action action) throws IOException, InterruptedException {
    away = true;
    switch (action) {
      case KILL -> process.close();
      case PAUSE -> process.pause();
      case RESTART -> process.terminate(TERMINATE_SECONDS);
    }
  }

  /** Does the second half. */
  void comeBack(Action action) throws IOException, InterruptedException {
    if (action == Action.PAUSE) {
      process.resume();
      away = false;
    } else {
      start();
    }
  }

  /** Whether it ended though nobody struck it. */
  boolean hasDied() {
    return !away && process != null && !process.isAlive();
  }

  /** What its process printed last. */
  String lastWords() throws IOException {
    String output = process.output();
    return output.substring(Math.max(0, output.length() - 2_000));
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process != null) {
      process.close();
    }
  }
}
