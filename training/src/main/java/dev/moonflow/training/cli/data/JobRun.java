package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.DataJob;
import dev.moonflow.training.data.job.DataRecipe;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** Runs a job with a bar on the terminal, and says what came of it. */
final class JobRun {
  static final int OK = 0;
  private static final int USER_ERROR = 2;
  private static final int POLL_MILLIS = 300;

  private JobRun() {}

  /** Runs a job into a folder; answers with the command's exit code. */
  static int run(OutputOptions options, DataRecipe recipe) {
    return guarded(
        () -> {
          long start = System.nanoTime();
          Manifest manifest;
          try (Watch watch = new Watch(options.out(), recipe.shards())) {
            watch.start();
            manifest = new DataJob(recipe, options.out()).run(options.parallelism());
          }
          long bytes = manifest.shards().stream().mapToLong(shard -> shard.bytes()).sum();
          System.out.printf(
              "%,d examples in %,d shards, %.1f MB, %.1f s: %s%n",
              manifest.records(),
              manifest.shards().size(),
              bytes / 1e6,
              (System.nanoTime() - start) / 1e9,
              options.out());
          manifest
              .categories()
              .forEach((name, count) -> System.out.printf("  %-12s %,10d%n", name, count));
          return OK;
        });
  }

  /** Turns what a person can put right into one sentence. */
  static int guarded(Callable<Integer> command) {
    try {
      return command.call();
    } catch (SampleException | IllegalArgumentException e) {
      System.err.println("moonflow: " + ended(e.getMessage()));
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? "it cannot be used" : e.getReason();
      System.err.println("moonflow: " + ended(e.getFile() + ": " + reason));
    } catch (Exception e) {
      System.err.println("moonflow: " + ended(e.toString()));
    }
    return USER_ERROR;
  }

  private static String ended(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  /** Counts finished shards while the job runs; shows nothing where nobody watches. */
  private static final class Watch implements AutoCloseable {
    private final Path folder;
    private final ProgressBar bar;
    private Thread thread;

    Watch(Path folder, int shards) {
      this.folder = folder;
      this.bar =
          Integer.getInteger("moonflow.columns", 0) > 0
              ? new ProgressBarBuilder()
                  .setTaskName("shards")
                  .setInitialMax(shards)
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
      try (var files = Files.list(folder)) {
        bar.stepTo(files.filter(file -> file.toString().endsWith(".avro")).count());
      } catch (IOException e) {
        bar.setExtraMessage("waiting for " + folder);
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
}
