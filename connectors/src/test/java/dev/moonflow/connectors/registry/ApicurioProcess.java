package dev.moonflow.connectors.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Apicurio registry as a process of its own, in memory, on a free loopback port. The build
 * unpacks it to {@code connectors/target/apicurio}. Closing it, and the end of this JVM, kill it.
 */
public final class ApicurioProcess implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(120);
  private static final Pattern LISTENING = Pattern.compile("Listening on: (http://[^ ]+:\\d+)");
  private static final int LINES_KEPT = 40;

  private final Process process;
  private final Thread killer;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<String> address = new CompletableFuture<>();

  private ApicurioProcess(Process process) {
    this.process = process;
    this.killer = new Thread(process::destroyForcibly, "apicurio-killer");
    Runtime.getRuntime().addShutdownHook(killer);
    Thread reader = new Thread(this::readOutput, "apicurio-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts the registry with this JVM's java and waits until it listens. */
  public static ApicurioProcess start() throws IOException {
    Path home = home();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=0",
                "-jar",
                runner(home).toString())
            .directory(home.toFile())
            .redirectErrorStream(true)
            .start();
    ApicurioProcess registry = new ApicurioProcess(process);
    try {
      registry.address.get(START_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return registry;
    } catch (ExecutionException | TimeoutException e) {
      registry.close();
      throw new IOException("Apicurio did not start; its last lines:\n" + registry.lines(), e);
    } catch (InterruptedException e) {
      registry.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Apicurio started", e);
    }
  }

  /** The URL for Confluent's client. */
  public String url() {
    return address.join() + "/apis/ccompat/v7";
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Apicurio, process " + process.pid() + ", does not die");
      }
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("moonflow.root.dir"), "connectors", "target", "apicurio");
  }

  private static Path runner(Path home) throws IOException {
    if (Files.isDirectory(home)) {
      try (Stream<Path> files = Files.list(home)) {
        List<Path> runners =
            files.filter(file -> file.getFileName().toString().endsWith("-runner.jar")).toList();
        if (runners.size() == 1) {
          return runners.get(0);
        }
      }
    }
    throw new IOException(
        home + " has no registry: build the connectors module with its tests, which unpacks it");
  }

  private void readOutput() {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        keep(line);
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
          address.complete(listening.group(1));
        }
      }
    } catch (IOException e) {
      keep(e.toString());
    }
    address.completeExceptionally(new IOException("Apicurio ended before it listened"));
  }

  private synchronized void keep(String line) {
    lastLines.addLast(line);
    if (lastLines.size() > LINES_KEPT) {
      lastLines.removeFirst();
    }
  }

  private synchronized String lines() {
    return String.join("\n", lastLines);
  }
}
