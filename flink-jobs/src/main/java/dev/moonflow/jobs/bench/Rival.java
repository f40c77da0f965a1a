package dev.moonflow.jobs.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Another program that reads pages: a command line in which {@value #PAGE} stands for the page's
 * file. Its output is thrown away.
 *
 * @param words the command line
 * @param environment variables that it gets besides those of this process
 * @param processes how many run side by side
 */
public record Rival(List<String> words, Map<String, String> environment, int processes) {
  /** What is replaced by the page's file. */
  public static final String PAGE = "{page}";

  public Rival {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.stream().noneMatch(word -> word.contains(PAGE))) {
      throw new IllegalArgumentException("the command says nowhere " + PAGE);
    }
    if (processes < 1 || processes > 1024) {
      throw new IllegalArgumentException("processes must be 1 to 1024: " + processes);
    }
  }

  /**
   * A rival from a line: leading NAME=VALUE words are its environment. Words are divided by spaces;
   * there is no quoting.
   */
  public static Rival of(String line, int processes) {
    List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
    Map<String, String> environment = new java.util.TreeMap<>();
    while (!words.isEmpty() && words.get(0).matches("[A-Z_][A-Z0-9_]*=.*")) {
      String[] pair = words.remove(0).split("=", 2);
      environment.put(pair[0], pair[1]);
    }
    return new Rival(words, environment, processes);
  }

  /**
   * Lets it read every page.
   *
   * @throws IllegalStateException if it ends with another code than 0
   */
  public Cost read(List<Path> pages) throws Exception {
    return Cost.ofChildren(
        () -> {
          ExecutorService pool = Executors.newFixedThreadPool(processes);
          try {
            List<Future<?>> runs = new ArrayList<>();
            for (Path page : pages) {
              runs.add(pool.submit(() -> run(page)));
            }
            for (Future<?> each : runs) {
              each.get();
            }
          } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
          } finally {
            pool.shutdownNow();
          }
        });
  }

  private Void run(Path page) throws IOException, InterruptedException {
    List<String> command =
        words.stream().map(word -> word.replace(PAGE, page.toAbsolutePath().toString())).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(command.get(0) + " ended with code " + code + " on " + page);
    }
    return null;
  }
}
