package dev.moonflow.jobs.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A Java program as a process of its own, on this project's runtime classes. It never outlives the
 * process that started it: a shutdown hook kills it, and where there was no time for hooks it sees
 * itself that its parent is gone.
 */
public final class JavaProcess implements AutoCloseable {
  private static final int DEATH_SECONDS = 30;

  private final String name;
  private final Process process;
  private final Path output;
  private final Thread killer;

  private JavaProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
    killer = new Thread(process::destroyForcibly, name + "-killer");
    Runtime.getRuntime().addShutdownHook(killer);
  }

  /**
   * Starts a program.
   *
   * @param name what it is called; what it prints goes to {@code NAME.out} of the folder
   * @param folder where it works; Flink's programs find {@code conf/} below it
   * @param jvm options for Java
   * @param main the class
   * @param arguments of the class
   */
  public static JavaProcess start(
      String name, Path folder, List<String> jvm, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "-Dlog4j2.configurationFile=log4j2-process.xml",
            "-Dmoonflow.process.log=" + System.getProperty("moonflow.process.log", "warn")));
    command.addAll(jvm);
    command.addAll(List.of("-cp", runtimeClasses(), ChildMain.class.getName(), main));
    command.addAll(arguments);
    Path output = folder.resolve(name + ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile()).directory(folder.toFile());
    builder.environment().putAll(Map.of("FLINK_CONF_DIR", folder.resolve("conf").toString()));
    return new JavaProcess(name, builder.start(), output);
  }

  /** What a cluster has in its lib folder: everything here but tests themselves. */
  private static String runtimeClasses() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.contains("-tests.jar"))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Waits for the program's end and gives what it printed.
   *
   * @throws IllegalStateException with what it printed, if it does not end in time or not well
   */
  public String join(int seconds) throws IOException, InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(name + " did not end well:\n" + output());
    }
    return output();
  }

  /** Whether it has not ended; a paused one has not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far, under its name. */
  public String output() throws IOException {
    return name + ":\n" + Files.readString(output, UTF_8);
  }

  /** {@code SIGSTOP}: it keeps its memory, its files and its ports and does nothing. */
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** {@code SIGCONT}. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /** {@code SIGTERM}, and {@code SIGKILL} for one that does not end within a while. */
  void terminate(int seconds) throws IOException, InterruptedException {
    process.destroy();
    process.waitFor(seconds, TimeUnit.SECONDS);
    close();
  }

  /** By the shell's own kill, because not every machine has the program. */
  private void signal(String signal) throws IOException, InterruptedException {
    String command = "kill -" + signal + " " + process.pid();
    if (new ProcessBuilder("sh", "-c", command).start().waitFor() != 0 && process.isAlive()) {
      throw new IOException("\"" + command + "\" failed for " + name);
    }
  }

  /** Kills it at once, as {@code kill -9} does, and waits until it is gone. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException(name + ", process " + process.pid() + ", does not die");
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // This process is ending already; the hook finds nothing left to do.
      return;
    }
  }
}
