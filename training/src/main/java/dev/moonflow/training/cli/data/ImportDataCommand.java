package dev.moonflow.training.cli.data;

import dev.moonflow.training.data.job.Origin;
import dev.moonflow.training.data.job.TopicRange;
import dev.moonflow.training.data.source.JsonLines;
import dev.moonflow.training.sample.SampleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow data import}. */
@Command(
    name = "import",
    header = "Take in your own examples: JSON lines with images beside them, or a Kafka topic.",
    description = {
      "A line is one example:",
      "{\"category\": \"ocr\", \"parts\": [{\"image\": \"scans/17.png\"}, {\"text\": \"Dear Sir\"}]}",
      "with id, topic, regions, answer and attributes if you have them. A topic carries"
          + " TrainingSample records with ids of a schema registry. Those that it had when the"
          + " folder was begun are taken, also when the command is started again."
    },
    mixinStandardHelpOptions = true)
public final class ImportDataCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "FILE", description = "JSON lines, UTF-8.")
  private List<Path> files = List.of();

  @Option(names = "--topic", paramLabel = "NAME", description = "A topic instead of files.")
  private String topic;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The Kafka cluster of the topic.")
  private String servers;

  @Option(names = "--registry", paramLabel = "URL", description = "The schema registry.")
  private String registry;

  @Option(
      names = "--kafka",
      paramLabel = "KEY=VALUE",
      description = "A property for the Kafka clients, for example of TLS or SASL.")
  private Map<String, String> client = Map.of();

  @Mixin private OutputOptions output;

  @Override
  public Integer call() {
    return JobRun.guarded(this::run);
  }

  private int run() throws IOException {
    if ((topic == null) == files.isEmpty()) {
      throw new SampleException("import needs either files of JSON lines or a --topic");
    }
    if (topic != null) {
      if (servers == null || registry == null) {
        throw new SampleException("--topic needs --bootstrap-servers and --registry");
      }
      TopicRange range = TopicRange.of(output.out(), servers, topic, client);
      Origin origin = new Origin.Topic(servers, topic, registry, client, range.ends());
      return JobRun.run(output, output.recipe(origin, range.records(), List.of()));
    }
    long count = 0;
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      count += JsonLines.count(file);
      names.add(file.toAbsolutePath().toString());
    }
    return JobRun.run(output, output.recipe(new Origin.Lines(names), count, List.of()));
  }
}
