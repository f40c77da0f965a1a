package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.DataJob;
import dev.moonflow.training.data.job.DataRecipe;
import dev.moonflow.training.data.job.OutputFolder;
import dev.moonflow.training.sample.FileProblem;
import dev.moonflow.training.sample.Manifest;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Runs a job with a bar on the terminal, and says what came of it. */
final class JobRun {
  static final int OK = 0;
  private static final int USER_ERROR = 2;

  private JobRun() {}

  /** Runs a job into a folder; answers with the command's exit code. */
  static int run(OutputOptions options, DataRecipe recipe) {
    return guarded(
        () -> {
          long start = System.nanoTime();
          OutputFolder folder = OutputFolder.of(options.out(), recipe.shards());
          Manifest manifest =
              watched(folder, () -> new DataJob(recipe, options.out()).run(options.parallelism()));
          System.out.println(made(options.out(), manifest, start));
          manifest
              .categories()
              .forEach((name, count) -> System.out.printf("  %-12s %,10d%n", name, count));
          return OK;
        });
  }

  /** Does something while a bar counts the shards of a folder. */
  static <T> T watched(OutputFolder folder, Callable<T> work) throws Exception {
    try (ShardBar bar = new ShardBar(folder)) {
      bar.start();
      return work.call();
    }
  }

  /** What a folder holds now. */
  static String made(Path out, Manifest manifest, long startNanos) {
    long bytes = manifest.shards().stream().mapToLong(shard -> shard.bytes()).sum();
    return "%,d examples in %,d shards, %.1f MB, %.1f s: %s"
        .formatted(
            manifest.records(),
            manifest.shards().size(),
            bytes / 1e6,
            (System.nanoTime() - startNanos) / 1e9,
            out);
  }

  /** Turns what a person can put right into one sentence. */
  static int guarded(Callable<Integer> command) {
    String sentence;
    try {
      return command.call();
    } catch (SampleException | IllegalArgumentException e) {
      sentence = String.valueOf(e.getMessage());
    } catch (FileSystemException e) {
      sentence = e.getFile() + " cannot be used: " + FileProblem.words(e);
    } catch (UncheckedIOException e) {
      sentence = e.getMessage() + ": " + FileProblem.words(e.getCause());
    } catch (IOException e) {
      sentence = "reading or writing failed: " + FileProblem.words(e);
    } catch (Exception e) {
      sentence = "this is a fault of moonflow: " + e;
    }
    System.err.println("moonflow: " + ended(sentence.replaceAll("\\s*\\R\\s*", " ")));
    return USER_ERROR;
  }

  private static String ended(String sentence) {
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
