package dev.moonflow.jobs.cli.flink;

import dev.moonflow.jobs.cli.console.UserException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The jars that a Flink cluster must be given with the job: everything on the launcher's class path
 * but what a cluster has in its own {@code lib/} (Flink itself and its logging).
 */
final class JobJars {
  /** Artifacts of the distribution's {@code lib/}, and what they shade. */
  private static final List<String> OF_THE_CLUSTER =
      List.of(
          "flink-annotations-",
          "flink-clients-",
          "flink-core-",
          "flink-datastream-",
          "flink-file-sink-common-",
          "flink-hadoop-fs-",
          "flink-java-",
          "flink-metrics-",
          "flink-optimizer-",
          "flink-queryable-state-",
          "flink-rpc-",
          "flink-runtime-",
          "flink-shaded-",
          "flink-statebackend-",
          "flink-streaming-java-",
          "frocksdbjni-",
          "log4j-",
          "slf4j-",
          "jul-to-slf4j-");

  /** The embedded broker, which no job needs. */
  private static final Set<String> OF_THE_DEMO =
      Set.of("kafka_2.13", "kafka-server", "kafka-raft", "kafka-metadata", "kafka-storage");

  private JobJars() {}

  /** The jars, from the class path of this process. */
  static List<Path> find() {
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry);
      if (Files.isDirectory(path) && entry.endsWith("*")) {
        jars.addAll(list(path));
      } else {
        jars.add(path);
      }
    }
    List<Path> ours = jars.stream().filter(JobJars::isForTheCluster).toList();
    if (ours.stream().noneMatch(p -> name(p).startsWith("flink-jobs-"))) {
      throw new UserException(
          "There is no jar of Moonflow to submit; start this command through ./moonflow.");
    }
    return ours;
  }

  static boolean isForTheCluster(Path jar) {
    String name = name(jar);
    return name.endsWith(".jar")
        && OF_THE_CLUSTER.stream().noneMatch(name::startsWith)
        && OF_THE_DEMO.stream().noneMatch(artifact -> name.matches(artifact + "-\\d.*"));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
