package dev.moonflow.jobs.demo;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.flink.LocalFlink;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.schemas.Topics;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** Broker, registry, Flink and the job in this process, on free loopback ports. */
final class DemoServers {
  private static final int PARALLELISM_MAX = 2;
  private static final int PARTITIONS = 2;
  private static final Duration JOB_START_MAX = Duration.ofMinutes(10);

  private final Settings settings;
  private final LocalFlink flink;
  private final URI web;
  private final JobID job;
  private final TemporaryFolder temporary;

  private DemoServers(
      Settings settings, LocalFlink flink, URI web, JobID job, TemporaryFolder temporary) {
    this.settings = settings;
    this.flink = flink;
    this.web = web;
    this.job = job;
    this.temporary = temporary;
  }

  /** Starts everything in order; what was started closes with {@code lifetime}. */
  static DemoServers start(DemoModel model, DeviceChoice device, Lifetime lifetime, Steps steps)
      throws Exception {
    TemporaryFolder temporary = lifetime.add(new TemporaryFolder("moonflow-demo"));
    EmbeddedBroker broker =
        steps.step(
            "broker",
            "starting Kafka",
            () -> lifetime.add(EmbeddedBroker.start(temporary.path().resolve("kafka"))),
            b -> "Kafka at " + b.bootstrapServers());
    EmbeddedRegistry registry =
        steps.step(
            "registry",
            "starting the schema registry",
            () -> lifetime.add(EmbeddedRegistry.start()),
            EmbeddedRegistry::url);
    Settings settings = settings(broker, registry, model, device, temporary);
    List<Topics> topics = Arrays.asList(Topics.values());
    steps.step(
        "topics",
        "creating topics and registering schemas",
        () -> {
          broker.createTopics(TopicNames.of(settings, topics), PARTITIONS);
          return Registry.register(settings, topics);
        },
        n -> Quantities.count(topics.size(), "topic") + ", " + Quantities.count(n, "schema"));
    LocalFlink flink =
        steps.step(
            "flink",
            "starting Flink",
            () ->
                lifetime.add(
                    LocalFlink.start(
                        settings, temporary.path(), settings.get(JobOptions.PARALLELISM))),
            f -> "one JobManager, one TaskManager");
    JobID job =
        steps.step(
            "job",
            "starting the job and loading the model",
            () -> running(flink, flink.submit(settings)),
            id -> "running, exactly once");
    return new DemoServers(settings, flink, flink.webAddress(), job, temporary);
  }

  private static Settings settings(
      EmbeddedBroker broker,
      EmbeddedRegistry registry,
      DemoModel model,
      DeviceChoice device,
      TemporaryFolder temporary) {
    int cores = Runtime.getRuntime().availableProcessors();
    return Settings.of(Map.of())
        .with(JobOptions.NAME, "moonflow-demo")
        .with(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers())
        .with(KafkaOptions.START_FROM, KafkaOptions.StartFrom.EARLIEST)
        .with(RegistryOptions.URL, registry.url())
        .with(ModelOptions.PATH, model.folder().toAbsolutePath())
        .with(ModelOptions.DEVICE, device)
        .with(JobOptions.PARALLELISM, Math.min(PARALLELISM_MAX, cores))
        // Results become visible with each checkpoint; a person is waiting for them.
        .with(JobOptions.CHECKPOINT_INTERVAL, "1 s")
        .with(JobOptions.CHECKPOINT_DIRECTORY, temporary.path().resolve("checkpoints").toUri());
  }

  private static JobID running(LocalFlink flink, JobID job) throws Exception {
    Instant deadline = Instant.now().plus(JOB_START_MAX);
    while (!flink.allRunning(job)) {
      if (flink.status(job).isTerminalState() || Instant.now().isAfter(deadline)) {
        throw flink.failure(job);
      }
      Thread.sleep(50);
    }
    return job;
  }

  /** Throws what ended the job, if something has. */
  void requireRunning() throws Exception {
    JobStatus status = flink.status(job);
    if (status.isTerminalState()) {
      throw flink.failure(job);
    }
  }

  /** Stops the job so that everything it wrote is committed. */
  void stopJob() throws Exception {
    flink.stopWithSavepoint(job, temporary.path().resolve("savepoints").toUri().toString());
  }

  Settings settings() {
    return settings;
  }

  URI web() {
    return web;
  }
}
