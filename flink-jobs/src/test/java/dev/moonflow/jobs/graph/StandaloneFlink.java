package dev.moonflow.jobs.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A standalone cluster as Flink's scripts start one: a JobManager and TaskManagers as processes.
 */
final class StandaloneFlink implements AutoCloseable {
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
  private static final int START_SECONDS = 120;

  /** For processes that live briefly; a TaskManager without C2 would compute vectors in objects. */
  private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

  private final Path folder;
  private final Path conf;
  private final int restPort;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Deque<JavaProcess> processes = new ArrayDeque<>();
  private List<String> taskManagerJvm;
  private List<String> taskManagerOptions;
  private JavaProcess taskManager;
  private int taskManagers;

  private StandaloneFlink(Path folder) throws IOException {
    this.folder = folder;
    conf = Files.createDirectories(folder.resolve("conf"));
    restPort = freePort();
    Files.writeString(
        conf.resolve("config.yaml"),
        String.join(
            "\n",
            "jobmanager.rpc.address: 127.0.0.1",
            "jobmanager.rpc.port: " + freePort(),
            "jobmanager.memory.process.size: 800m",
            "rest.address: 127.0.0.1",
            "rest.port: " + restPort,
            "taskmanager.host: 127.0.0.1",
            "taskmanager.numberOfTaskSlots: 1",
            "taskmanager.memory.process.size: 1300m",
            "taskmanager.memory.managed.size: 16m",
            "taskmanager.memory.network.min: 32m",
            "taskmanager.memory.network.max: 32m",
            "heartbeat.interval: 1000",
            "heartbeat.timeout: 20000",
            "restart-strategy.type: fixed-delay",
            "restart-strategy.fixed-delay.attempts: 1000",
            "restart-strategy.fixed-delay.delay: 200ms",
            "io.tmp.dirs: " + Files.createDirectories(folder.resolve("tmp")),
            ""));
  }

  /** Starts both and waits until there is a slot. */
  static StandaloneFlink start(Path folder) throws Exception {
    StandaloneFlink flink = new StandaloneFlink(folder);
    try {
      flink.startProcesses();
      return flink;
    } catch (Exception | AssertionError e) {
      flink.close();
      throw e;
    }
  }

  private void startProcesses() throws Exception {
    List<String> resources = resources("GET_JM_RESOURCE_PARAMS");
    List<String> options = new ArrayList<>(List.of("--configDir", conf.toString()));
    options.addAll(words(resources.get(1)));
    processes.add(
        JavaProcess.start(
            "jobmanager",
            folder,
            words(resources.get(0)),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            options));
    List<String> task = resources("GET_TM_RESOURCE_PARAMS");
    taskManagerJvm = words(task.get(0));
    taskManagerOptions = new ArrayList<>(List.of("--configDir", conf.toString()));
    taskManagerOptions.addAll(words(task.get(1)));
    startTaskManager();
  }

  /** The two lines of Flink's own calculation: JVM arguments and dynamic options. */
  private List<String> resources(String command) throws Exception {
    try (JavaProcess calculation =
        JavaProcess.start(
            command,
            folder,
            QUICK_START,
            "org.apache.flink.runtime.util.bash.BashJavaUtils",
            List.of(command, "--configDir", conf.toString()))) {
      return calculation
          .join(START_SECONDS)
          .lines()
          .filter(line -> line.startsWith(RESULT))
          .map(line -> line.substring(RESULT.length()))
          .toList();
    }
  }

  void startTaskManager() throws Exception {
    taskManagers++;
    taskManager =
        JavaProcess.start(
            "taskmanager-" + taskManagers,
            folder,
            taskManagerJvm,
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            taskManagerOptions);
    processes.add(taskManager);
    await("/overview", node -> node.path("taskmanagers").asInt() >= 1);
  }

  /** {@code kill -9}. */
  void killTaskManager() throws Exception {
    taskManager.close();
  }

  /** Submits the job as {@code flink run} does, with an empty jar: its classes lie in lib. */
  void run(String main, Path settings) throws Exception {
    Path jar = folder.resolve("job.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/moonflow"));
    }
    try (JavaProcess client =
        JavaProcess.start(
            "client",
            folder,
            QUICK_START,
            "org.apache.flink.client.cli.CliFrontend",
            List.of(
                "run",
                "-d",
                "-m",
                "127.0.0.1:" + restPort,
                "-c",
                main,
                jar.toString(),
                "--config",
                settings.toString()))) {
      client.join(START_SECONDS);
    }
    awaitRunning();
  }

  /** Waits until a job has all its tasks running. */
  void awaitRunning() throws Exception {
    await(
        "/jobs/overview",
        node -> {
          JsonNode job = node.path("jobs").path(0);
          JsonNode tasks = job.path("tasks");
          return job.path("state").asText().equals("RUNNING")
              && tasks.path("total").asInt() > 0
              && tasks.path("running").asInt() == tasks.path("total").asInt();
        });
  }

  private void await(String path, Predicate<JsonNode> condition) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path)).build();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    String last = "nothing";
    while (System.nanoTime() < deadline) {
      try {
        last = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        if (condition.test(new JsonMapper().readTree(last))) {
          return;
        }
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(200);
    }
    throw new AssertionError(path + " says " + last + "\n" + outputs());
  }

  /** What the processes printed, for messages. */
  String outputs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (JavaProcess process : processes) {
      all.append(process.output()).append('\n');
    }
    return all.toString();
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.trim().split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    while (!processes.isEmpty()) {
      processes.removeLast().close();
    }
  }
}
