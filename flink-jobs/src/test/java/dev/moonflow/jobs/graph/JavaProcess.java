package dev.moonflow.jobs.graph;

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
 * A Java program as a process of its own, on this project's runtime classes; dies with the test.
 */
final class JavaProcess implements AutoCloseable {
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

  /** Starts a program; what it prints goes to a file of the folder. */
  static JavaProcess start(
      String name, Path folder, List<String> jvm, String main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules=jdk.incubator.vector",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=" + System.getProperty("log4j2.configurationFile", ""),
            "-Dmoonflow.test.log=" + System.getProperty("moonflow.test.log", "warn")));
    command.addAll(jvm);
    command.addAll(List.of("-cp", runtimeClasses(), main));
    command.addAll(arguments);
    Path output = folder.resolve(name + ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile()).directory(folder.toFile());
    builder.environment().putAll(Map.of("FLINK_CONF_DIR", folder.resolve("conf").toString()));
    return new JavaProcess(name, builder.start(), output);
  }

  /** What a cluster has in its lib folder: everything here but the tests themselves. */
  private static String runtimeClasses() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("test-classes") && !entry.contains("-tests.jar"))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits for the program's end and gives what it printed. */
  String join(int seconds) throws Exception {
    if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(name + " did not end well:\n" + output());
    }
    return output();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() throws IOException {
    return name + ":\n" + Files.readString(output, UTF_8);
  }

  /** Kills it at once, as {@code kill -9} does. */
  @Override
  public void close() throws Exception {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException(name + ", process " + process.pid() + ", does not die");
    }
    Runtime.getRuntime().removeShutdownHook(killer);
  }
}
