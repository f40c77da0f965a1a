package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.JobWatch;
import dev.moonflow.jobs.cli.flink.LocalFlink;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.RemoteFlink;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.enrich.EnrichSchemas;
import dev.moonflow.jobs.enrich.EnrichSettings;
import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.KafkaOptions;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.RegistryOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.JobID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow run}: runs the job. */
@Command(
    name = "run",
    header = "Run the job: here, or on a Flink cluster.",
    description = {
      "%nChecks the settings, registers the schemas, then runs the job in this process until Ctrl-C,"
          + " or submits it with --jobmanager. All settings: docs/settings.md."
    },
    footer = {
      "",
      "Examples:",
      "  moonflow run --bootstrap broker:9092 --registry http://registry:8081 --model models/moonlet",
      "  moonflow run --config moonflow.yaml --set moonflow.device=cpu",
      "  moonflow run --config moonflow.yaml --jobmanager flink:8081",
      "",
      "A cluster needs --add-modules=jdk.incubator.vector in env.java.opts.all, and the model's",
      "folder at the same path on every TaskManager."
    })
final class RunCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      description = "Submit to this cluster (its REST address) and return.")
  private String jobManager;

  @Option(
      names = "--no-jars",
      description =
          "Send no jars along: the cluster has flink-jobs/target/lib and our jar in its own lib/.")
  private boolean noJars;

  @Mixin private JobModelOptions model;

  @Option(
      names = "--create-topics",
      arity = "0..1",
      paramLabel = "PARTITIONS",
      fallbackValue = "4",
      description = "Create the topics that do not exist (default: ${FALLBACK-VALUE} partitions).")
  private Integer partitions;

  @Option(
      names = "--restore",
      paramLabel = "URI",
      description = "Go on from this savepoint or checkpoint.")
  private String restore;

  @Mixin private ConnectionOptions connection;

  RunCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = settings().check();
    RemoteFlink remote = jobManager == null ? null : RemoteFlink.at(jobManager);
    if (remote == null) {
      requireModel(Path.of(settings.get(ModelOptions.PATH)));
    }
    if (EnrichSettings.isOn(settings)) {
      EnrichSettings.of(settings); // to be told of what cannot work before anything is made
    }
    prepareTopics(settings);
    int subjects = Registry.register(settings, Arrays.asList(Topics.values()));
    EnrichSchemas.register(settings);
    console.note("registry   " + settings.get(RegistryOptions.URL) + ", " + subjects + " schemas");
    if (remote == null) {
      return runHere(settings);
    }
    List<Path> jars = noJars ? List.of() : RemoteFlink.jars();
    console.note("submitting to " + jobManager + " with " + Quantities.count(jars.size(), "jar"));
    JobID job = remote.submit(settings, jars);
    console.line(
        "Job " + job + " is submitted; watch it at http://" + jobManager + "/#/job/" + job);
    return ExitCodes.OK;
  }

  private Integer runHere(Settings settings) throws Exception {
    try (Lifetime lifetime = new Lifetime()) {
      TemporaryFolder temporary = lifetime.add(new TemporaryFolder("moonflow-run"));
      Integer parallelism = settings.get(JobOptions.PARALLELISM);
      int slots = parallelism == null ? Runtime.getRuntime().availableProcessors() : parallelism;
      LocalFlink flink = lifetime.add(LocalFlink.start(settings, temporary.path(), slots));
      console.note("flink      " + flink.webAddress() + " (web interface), " + slots + " slots");
      JobID job = flink.submit(settings);
      console.note("model      " + settings.get(ModelOptions.PATH));
      JobWatch watch = new JobWatch(flink, job, console);
      watch.awaitRunning();
      console.note("The job " + job + " runs; Ctrl-C stops it.");
      watch.awaitEnd();
      return ExitCodes.OK;
    }
  }

  /** A cluster may keep the model where this machine has nothing; here it must be there. */
  private static void requireModel(Path folder) {
    if (!Files.isRegularFile(folder.resolve("config.json"))) {
      throw new UserException(folder + " is not a checkpoint: it holds no config.json.");
    }
  }

  private void prepareTopics(Settings settings) {
    List<String> names = new ArrayList<>(TopicNames.of(settings, Arrays.asList(Topics.values())));
    names.addAll(TopicNames.enrichment(settings));
    try (Cluster cluster = new Cluster(settings)) {
      if (partitions != null) {
        if (partitions < 1) {
          throw new UserException("--create-topics must be at least 1, got " + partitions + ".");
        }
        cluster.create(cluster.missing(names), partitions);
      }
      cluster.require(names, "create them, or add --create-topics");
    }
    console.note("kafka      " + settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
  }

  private Settings settings() {
    Settings settings = model.over(connection.given(), home);
    if (restore != null) {
      settings = settings.with("execution.state-recovery.path", restore);
    }
    return settings;
  }
}
