package dev.moonflow.jobs.demo;

import dev.moonflow.connectors.embedded.EmbeddedBroker;
import dev.moonflow.connectors.registry.EmbeddedRegistry;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.flink.JobWatch;
import dev.moonflow.jobs.cli.flink.LocalFlink;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.LimitOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.schemas.Topics;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;

/** Broker, registry, Flink and the job in this process, on free loopback ports. */
public final class DemoServers {
  private static final int PARALLELISM_MAX = 2;
  private static final int PARTITIONS = 2;

  private final Settings settings;
  private final LocalFlink flink;
  private final JobID job;
  private final JobWatch watch;
  private final TemporaryFolder temporary;

  private DemoServers(
      Settings settings, LocalFlink flink, JobID job, JobWatch watch, TemporaryFolder temporary) {
    this.settings = settings;
    this.flink = flink;
    this.job = job;
    this.watch = watch;
    this.temporary = temporary;
  }

  /** Starts everything in order; what was started closes with {@code lifetime}. */
  static DemoServers start(DemoModel model, DeviceChoice device, Lifetime lifetime, Console console)
      throws Exception {
    return start(model, device, Settings.of(Map.of()), lifetime, console);
  }

  /** The same with more settings, and the topics of an enrichment that they name. */
  public static DemoServers start(
      DemoModel model, DeviceChoice device, Settings more, Lifetime lifetime, Console console)
      throws Exception {
    Steps steps = new Steps(console);
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
    Settings settings = with(more, settings(broker, registry, model, device, temporary)).check();
    List<Topics> topics = Arrays.asList(Topics.values());
    steps.step(
        "topics",
        "creating topics and registering schemas",
        () -> {
          broker.createTopics(TopicNames.of(settings, topics), PARTITIONS);
          broker.createTopics(TopicNames.enrichment(settings), PARTITIONS);
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
    JobID job = flink.submit(settings);
    JobWatch watch = new JobWatch(flink, job, console);
    steps.step(
        "job",
        "starting the job and loading the model",
        () -> {
          watch.awaitRunning();
          return job;
        },
        id -> "running, with a checkpoint every second");
    return new DemoServers(settings, flink, job, watch, temporary);
  }

  private static Settings with(Settings more, Settings own) {
    Settings settings = own;
    for (Map.Entry<String, String> each : more.asMap().entrySet()) {
      settings = settings.with(each.getKey(), each.getValue());
    }
    return settings;
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
        .with(
            LimitOptions.DOCUMENT_REGIONS,
            model.readsLines() ? LimitOptions.Regions.LINES : LimitOptions.Regions.PAGE)
        .with(JobOptions.PARALLELISM, Math.min(PARALLELISM_MAX, cores))
        // Results become visible with each checkpoint; a person is waiting for them.
        .with(JobOptions.CHECKPOINT_INTERVAL, "1 s")
        .with(JobOptions.CHECKPOINT_DIRECTORY, temporary.path().resolve("checkpoints").toUri());
  }

  /** Watches the job. */
  public JobWatch watch() {
    return watch;
  }

  /** Stops the job so that everything it wrote is committed. */
  public void stopJob() throws Exception {
    flink.stopWithSavepoint(job, temporary.path().resolve("savepoints").toUri().toString());
  }

  /** How to reach them. */
  public Settings settings() {
    return settings;
  }

  /** Address of Flink's web interface. */
  URI web() throws Exception {
    return flink.webAddress();
  }
}
