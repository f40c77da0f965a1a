package dev.moonflow.jobs.chaos;

import dev.moonflow.connectors.registry.RegistrySettings;
import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.RemoteFlink;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers of a run as processes of their own, and the job on them. */
final class Servers implements AutoCloseable {
  /** Of every topic. */
  static final int PARTITIONS = 2;

  private static final List<String> SMALL = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");
  private static final long PORT_WITHIN_NANOS = 300_000_000_000L;

  /**
   * A server that does not answer is given up after six seconds, and whoever is away is asked again
   * often: Flink's own times are made for machines that come back after minutes. A slow answer is
   * waited for.
   */
  private static final Map<String, String> FLINK =
      Map.of(
          "pekko.ask.timeout", "60 s",
          "web.timeout", "120000",
          "heartbeat.interval", "500",
          "heartbeat.timeout", "6000",
          "cluster.registration.max-timeout", "1000",
          "cluster.registration.error-delay", "500",
          "cluster.registration.refused-registration-delay", "1000",
          "taskmanager.slot.timeout", "3 s",
          "task.cancellation.timeout", "30000");

  private final Path folder;
  private final Path checkpoints;
  private final Path counts;
  private final int brokerPort = Ports.free();
  private final int registryPort = Ports.free();
  private final Settings settings;
  private final StandaloneFlink flink;
  private final List<Server> all = new ArrayList<>();

  /** Servers in a folder; none is started yet. */
  Servers(Path folder, ChaosPlan plan, Path model, DeviceChoice device) throws IOException {
    this.folder = folder;
    checkpoints = Files.createDirectories(folder.resolve("checkpoints"));
    counts = Files.createDirectories(folder.resolve("counts"));
    flink = StandaloneFlink.in(folder, FLINK);
    settings =
        Settings.of(Map.of())
            .with(JobOptions.NAME, "moonflow-chaos")
            .with(JobOptions.PARALLELISM, plan.taskManagers())
            .with(JobOptions.MAX_PARALLELISM, 16)
            .with(JobOptions.CHECKPOINT_INTERVAL, plan.checkpoints().toMillis() + " ms")
            .with(JobOptions.CHECKPOINT_TIMEOUT, "3 min")
            .with(JobOptions.CHECKPOINT_DIRECTORY, checkpoints.toUri())
            .with(KafkaOptions.BOOTSTRAP_SERVERS, bootstrap())
            .with(KafkaOptions.START_FROM, KafkaOptions.StartFrom.EARLIEST)
            .with(RegistryOptions.URL, "http://127.0.0.1:" + registryPort)
            .with(ModelOptions.PATH, model.toAbsolutePath())
            .with(ModelOptions.DEVICE, device)
            .with(RegistryOptions.RETRIES, 100)
            .with(RegistryOptions.RETRY_BACKOFF_MAX, "1 s")
            .with(RegistryOptions.RETRY_LIMIT, "2 min")
            .with("moonflow.engine.math-threads", "1")
            .with("moonflow.engine.requests-running", "32")
            .check();
    List<String> broker =
        List.of(
            folder.resolve("kafka").toString(),
            Integer.toString(brokerPort),
            Integer.toString(Ports.free()));
    List<String> registry =
        List.of(Integer.toString(registryPort), folder.resolve("schemas.jsonl").toString());
    all.add(new Server(Target.BROKER, () -> process("broker", BrokerMain.class, broker)));
    all.add(new Server(Target.REGISTRY, () -> process("registry", RegistryMain.class, registry)));
    all.add(new Server(Target.JOB_MANAGER, flink::startJobManager));
    for (int i = 0; i < plan.taskManagers(); i++) {
      all.add(new Server(Target.TASK_MANAGER, flink::launchTaskManager));
    }
  }

  private JavaProcess process(String name, Class<?> main, List<String> arguments)
      throws IOException {
    return JavaProcess.start(
        name + "-" + System.nanoTime(), folder, SMALL, main.getName(), arguments);
  }

  /** Starts everything, and the job. */
  void start() throws Exception {
    start(Target.BROKER, Target.REGISTRY);
    awaitPort(brokerPort);
    awaitPort(registryPort);
    start(Target.JOB_MANAGER);
    try (Cluster cluster = new Cluster(settings)) {
      cluster.create(TopicNames.of(settings, Arrays.asList(Topics.values())), PARTITIONS);
    }
    Registry.register(settings, Topics.avro());
    start(Target.TASK_MANAGER);
    submit();
    flink.awaitRunning();
  }

  private void start(Target... targets) throws IOException {
    for (Server server : all) {
      if (List.of(targets).contains(server.target())) {
        server.start();
      }
    }
  }

  private void awaitPort(int port) throws Exception {
    long deadline = System.nanoTime() + PORT_WITHIN_NANOS;
    while (true) {
      try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
        return;
      } catch (IOException e) {
        Thread.sleep(50);
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("A server does not listen at " + port + ".", e);
        }
      }
    }
  }

  /**
   * Submits the job as an operator does who has lost the JobManager: from the newest checkpoint
   * that is whole, or from nothing where there is none.
   *
   * @return the checkpoint's name
   */
  String submit() throws Exception {
    flink.await("/overview", overview -> overview.has("taskmanagers"));
    Optional<Path> newest = Checkpoints.newest(checkpoints);
    Settings from =
        newest.isEmpty()
            ? settings
            : settings.with("execution.state-recovery.path", newest.get().toUri().toString());
    RemoteFlink.at(flink.address()).submit(from, List.of(), new CountingLoader(counts));
    return newest.map(path -> path.getFileName().toString()).orElse("the beginning");
  }

  /** All of them. */
  List<Server> all() {
    return List.copyOf(all);
  }

  /** The one that a fault strikes. */
  Server of(Fault fault) {
    return all.stream()
        .filter(server -> server.target() == fault.target())
        .skip(fault.index())
        .findFirst()
        .orElseThrow();
  }

  /** What Flink says of its jobs, for people. */
  String jobs() {
    try {
      return flink.ask("/jobs/overview");
    } catch (IOException e) {
      return "the JobManager does not answer: " + e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** {@code HOST:PORT} of the broker. */
  String bootstrap() {
    return "127.0.0.1:" + brokerPort;
  }

  /** How to reach the registry. */
  RegistrySettings registry() {
    return Registry.settings(settings);
  }

  /** Tokens that all engines have generated. */
  long tokensComputed() throws IOException {
    return TokenCount.sum(counts);
  }

  @Override
  public void close() throws Exception {
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).close();
    }
    flink.close();
  }
}
