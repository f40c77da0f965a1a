package dev.moonflow.jobs.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A standalone cluster as Flink's scripts start one: a JobManager and TaskManagers as processes, on
 * loopback ports that stay the same when a process is started again.
 */
public final class StandaloneFlink implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(300);
  private static final int START_SECONDS = 300;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  /** For processes that compute little; a TaskManager without C2 would keep vectors in objects. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private final Path conf;
  private final int restPort = Ports.free();
  private final Configuration flink;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
  private final ConcurrentLinkedDeque<JavaProcess> processes = new ConcurrentLinkedDeque<>();
  private JavaProcess taskManager;
  private int started;

  private StandaloneFlink(Path folder, Map<String, String> more) throws IOException {
    this.folder = folder;
    conf = Files.createDirectories(folder.resolve("conf"));
    Map<String, String> settings = new TreeMap<>();
    settings.put("jobmanager.rpc.address", "127.0.0.1");
    settings.put("jobmanager.rpc.port", Integer.toString(Ports.free()));
    settings.put("jobmanager.memory.process.size", "800m");
    settings.put("rest.address", "127.0.0.1");
    settings.put("rest.port", Integer.toString(restPort));
    settings.put("taskmanager.host", "127.0.0.1");
    settings.put("taskmanager.numberOfTaskSlots", "1");
    settings.put("taskmanager.memory.process.size", "1300m");
    settings.put("taskmanager.memory.managed.size", "16m");
    settings.put("taskmanager.memory.network.min", "32m");
    settings.put("taskmanager.memory.network.max", "32m");
    settings.put("heartbeat.interval", "1000");
    settings.put("heartbeat.timeout", "20000");
    settings.put("restart-strategy.type", "fixed-delay");
    settings.put("restart-strategy.fixed-delay.attempts", "1000000");
    settings.put("restart-strategy.fixed-delay.delay", "200ms");
    settings.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
    settings.putAll(more);
    flink = Configuration.fromMap(settings);
    Files.writeString(
        conf.resolve("config.yaml"),
        settings.entrySet().stream()
            .map(each -> each.getKey() + ": " + each.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  /** A cluster of which nothing runs yet; settings of Flink over those of this class. */
  public static StandaloneFlink in(Path folder, Map<String, String> more) throws IOException {
    return new StandaloneFlink(folder, more);
  }

  /** Starts one of each and waits until there is a slot. */
  public static StandaloneFlink start(Path folder) throws Exception {
    StandaloneFlink flink = in(folder, Map.of());
    try {
      flink.startJobManager();
      flink.startTaskManager();
      return flink;
    } catch (Exception e) {
      flink.close();
      throw e;
    }
  }

  /** Starts a JobManager and returns at once. */
  public JavaProcess startJobManager() throws IOException {
    JobManagerProcessSpec memory = JobManagerProcessUtils.processSpecFromConfig(flink);
    List<String> jvm = words(JobManagerProcessUtils.generateJvmParametersStr(memory, flink));
    jvm.add(QUICK_START);
    return add(
        JavaProcess.start(
            "jobmanager-" + ++started,
            folder,
            jvm,
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            options(JobManagerProcessUtils.generateDynamicConfigsStr(memory))));
  }

  /** Starts one more TaskManager and returns at once. */
  public JavaProcess launchTaskManager() throws IOException {
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    return add(
        JavaProcess.start(
            "taskmanager-" + ++started,
            folder,
            words(ProcessMemoryUtils.generateJvmParametersStr(memory)),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            options(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory))));
  }

  /** Starts a TaskManager and waits until there is one. */
  public void startTaskManager() throws Exception {
    taskManager = launchTaskManager();
    await("/overview", node -> node.path("taskmanagers").asInt() >= 1);
  }

  /** {@code kill -9} of the last TaskManager that was started and waited for. */
  public void killTaskManager() throws Exception {
    taskManager.close();
  }

  private JavaProcess add(JavaProcess process) {
    processes.add(process);
    return process;
  }

  private List<String> options(String dynamic) {
    List<String> options = new ArrayList<>(List.of("--configDir", conf.toString()));
    options.addAll(words(dynamic));
    return options;
  }

  /** {@code HOST:PORT} of the JobManager's REST interface. */
  public String address() {
    return "127.0.0.1:" + restPort;
  }

  /** Submits the job as {@code flink run} does, with an empty jar: its classes lie in lib. */
  public void run(String main, Path settings) throws Exception {
    Path jar = folder.resolve("job.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/moonflow"));
    }
    List<String> arguments =
        List.of("run", "-d", "-m", address(), "-c", main, jar + "", "--config", settings + "");
    try (JavaProcess client =
        JavaProcess.start(
            "client",
            folder,
            List.of(QUICK_START),
            "org.apache.flink.client.cli.CliFrontend",
            arguments)) {
      client.join(START_SECONDS);
    }
    awaitRunning();
  }

  /** Waits until a job has all its tasks running. */
  public void awaitRunning() throws Exception {
    await("/jobs/overview", StandaloneFlink::isRunning);
  }

  private static boolean isRunning(JsonNode overview) {
    JsonNode job = overview.path("jobs").path(0);
    JsonNode tasks = job.path("tasks");
    return job.path("state").asText().equals("RUNNING")
        && tasks.path("total").asInt() > 0
        && tasks.path("running").asInt() == tasks.path("total").asInt();
  }

  /**
   * Waits for an answer of the REST interface.
   *
   * @throws IllegalStateException with the last answer, after five minutes
   */
  void await(String path, Predicate<JsonNode> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "nothing";
    while (System.nanoTime() < deadline) {
      try {
        last = ask(path);
        if (condition.test(new JsonMapper().readTree(last))) {
          return;
        }
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(path + " says " + last + "\n" + outputs());
  }

  /** What the REST interface answers. */
  String ask(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address() + path))
            .timeout(ANSWER_WITHIN)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** What the processes printed, for messages. */
  public String outputs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (JavaProcess process : processes) {
      all.append(process.output()).append('\n');
    }
    return all.toString();
  }

  private static List<String> words(String line) {
    return new ArrayList<>(
        Arrays.stream(line.trim().split(" ")).filter(word -> !word.isEmpty()).toList());
  }

  @Override
  public void close() throws Exception {
    while (!processes.isEmpty()) {
      processes.removeLast().close();
    }
  }
}
