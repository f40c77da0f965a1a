package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.settings.JobOptions;
import dev.moonflow.jobs.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Main class for {@code flink run}: {@code [--config FILE] [--set key=value]...}. */
public final class MoonflowJobMain {
  private MoonflowJobMain() {}

  /**
   * Registers the topics' schemas, builds the job and submits it to the environment that Flink's
   * client has prepared.
   */
  public static void main(String[] args) throws Exception {
    Settings settings = parse(args).check();
    JobSchemas.register(settings);
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    MoonflowJob.build(environment, settings);
    environment.execute(settings.get(JobOptions.NAME));
  }

  static Settings parse(String[] args) {
    Path file = null;
    List<String> overrides = new ArrayList<>();
    for (int i = 0; i < args.length; i += 2) {
      if (i + 1 == args.length) {
        throw new IllegalArgumentException(args[i] + " needs a value");
      }
      switch (args[i]) {
        case "--config" -> file = Path.of(args[i + 1]);
        case "--set" -> overrides.add(args[i + 1]);
        default ->
            throw new IllegalArgumentException(
                "unknown argument " + args[i] + "; use --config FILE and --set key=value");
      }
    }
    return Settings.load(file, overrides);
  }
}
