package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.OutputFolder;
import java.io.IOException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Counts finished shards while a job runs; shows nothing where nobody watches. */
final class ShardBar implements AutoCloseable {
  private static final int POLL_MILLIS = 300;

  private final OutputFolder folder;
  private final ProgressBar bar;
  private Thread thread;

  ShardBar(OutputFolder folder) {
    this.folder = folder;
    this.bar =
        Integer.getInteger("moonflow.columns", 0) > 0
            ? new ProgressBarBuilder()
                .setTaskName("shards")
                .setInitialMax(folder.shards())
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .build()
            : null;
  }

  void start() {
    if (bar != null) {
      thread = new Thread(this::poll, "shards-done");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void poll() {
    try {
      while (true) {
        Thread.sleep(POLL_MILLIS);
        count();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void count() {
    try {
      bar.stepTo(folder.finished());
    } catch (IOException e) {
      bar.setExtraMessage("cannot look into " + folder.path());
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      thread.interrupt();
      count();
      bar.close();
    }
  }
}
