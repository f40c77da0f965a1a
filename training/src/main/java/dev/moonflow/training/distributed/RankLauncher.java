package dev.moonflow.training.distributed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Runs the ranks of a group as processes of this machine, with this process's own Java, flags and
 * class path. When one of them fails the others get a moment to say why they stop, then all are
 * ended; they are also ended when this process is.
 */
public final class RankLauncher {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int LAUNCHER_GONE = 75;

  private final int ranks;
  private final Duration timeout;
  private final BiConsumer<Integer, String> output;

  /**
   * A launcher.
   *
   * @param ranks processes
   * @param timeout longest wait in one collective
   * @param output gets rank and line of everything that they print; called by several threads
   */
  public RankLauncher(int ranks, Duration timeout, BiConsumer<Integer, String> output) {
    this.ranks = ranks;
    this.timeout = timeout;
    this.output = output;
  }

  /**
   * Starts {@code main} once per rank and waits for all.
   *
   * @return exit codes by rank; that of the rank which failed first is not 0 if any failed
   * @throws IOException if a process cannot be started
   */
  public int[] run(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("moonflow-ranks");
    Path meeting = folder.resolve("rendezvous");
    List<Process> processes = new ArrayList<>();
    Thread end = new Thread(() -> endGently(processes));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      for (int rank = 0; rank < ranks; rank++) {
        processes.add(start(rank, new Rendezvous.File(meeting), main, arguments));
      }
      return await(processes);
    } finally {
      processes.forEach(Process::destroyForcibly);
      Runtime.getRuntime().removeShutdownHook(end);
      Files.deleteIfExists(meeting);
      Files.deleteIfExists(folder);
    }
  }

  private Process start(int rank, Rendezvous rendezvous, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // A debugger or agent of this process would fight with itself over its port or file.
      if (!flag.startsWith("-agentlib") && !flag.startsWith("-javaagent")) {
        command.add(flag);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    RankPlace place = new RankPlace(rank, ranks, rendezvous, "127.0.0.1", timeout);
    builder.environment().putAll(place.toEnvironment());
    Process process = builder.start();
    Thread reader = new Thread(() -> copy(rank, process), "rank-" + rank + "-output");
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  /**
   * For the main method of a rank: ends this process when the launcher is gone, even if that was
   * killed without a chance to end its ranks.
   */
  public static void endWithLauncher() {
    ProcessHandle launcher = ProcessHandle.current().parent().orElse(null);
    if (launcher != null) {
      var unused = launcher.onExit().thenRun(() -> Runtime.getRuntime().halt(LAUNCHER_GONE));
    }
  }

  private void copy(int rank, Process process) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.accept(rank, line);
      }
    } catch (IOException e) {
      output.accept(rank, "output ends: " + e.getMessage());
    }
  }

  private int[] await(List<Process> processes) throws InterruptedException {
    while (processes.stream().anyMatch(Process::isAlive)) {
      if (processes.stream().anyMatch(p -> !p.isAlive() && p.exitValue() != 0)) {
        endAll(processes);
        break;
      }
      CompletableFuture<?>[] exits =
          processes.stream()
              .filter(Process::isAlive)
              .map(Process::onExit)
              .toArray(CompletableFuture<?>[]::new);
      if (exits.length > 0) {
        CompletableFuture.anyOf(exits).join();
      }
    }
    int[] codes = new int[ranks];
    for (int rank = 0; rank < ranks; rank++) {
      codes[rank] = processes.get(rank).waitFor();
    }
    return codes;
  }

  /** Asks the ranks to end, so that they can save what they have, and waits before it insists. */
  private void endGently(List<Process> processes) {
    processes.forEach(Process::destroy);
    try {
      endAll(processes);
    } catch (InterruptedException e) {
      processes.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  private void endAll(List<Process> processes) throws InterruptedException {
    long until = System.nanoTime() + GRACE.toNanos();
    for (Process process : processes) {
      if (!process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
