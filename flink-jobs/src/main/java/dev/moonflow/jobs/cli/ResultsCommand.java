package dev.moonflow.jobs.cli;

import dev.moonflow.connectors.registry.UndecodableRecordException;
import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.cli.flink.Cluster;
import dev.moonflow.jobs.cli.flink.Registry;
import dev.moonflow.jobs.cli.flink.TopicNames;
import dev.moonflow.jobs.cli.results.OutputRecordView;
import dev.moonflow.jobs.cli.results.OutputTail;
import dev.moonflow.jobs.cli.results.ResultPrinter;
import dev.moonflow.jobs.cli.results.TailUntil;
import dev.moonflow.jobs.cli.results.WebVtt;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.schemas.CaptionResult;
import dev.moonflow.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow results}: shows the output topics. */
@Command(
    name = "results",
    header = "Show the output topics as a table or as JSON lines.",
    description = {
      "%nShows what is committed (read_committed) and ends; with --follow it waits for more. Dead"
          + " letters are shown with their reason."
    },
    footer = {
      "",
      "Examples:",
      "  moonflow results --follow",
      "  moonflow results --topic ocr --json | jq -r .value.text",
      "  moonflow results --until-idle 30 --json > results.jsonl",
      "  moonflow results --vtt gate-camera > gate.vtt"
    })
final class ResultsCommand implements Callable<Integer> {
  /** Output topics by role. */
  enum Topic {
    OCR(Topics.OCR),
    CAPTIONS(Topics.CAPTIONS),
    ANSWERS(Topics.ANSWERS),
    DEAD_LETTERS(Topics.DEAD_LETTERS);

    private final Topics role;

    Topic(Topics role) {
      this.role = role;
    }

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private final Console console;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      split = ",",
      description =
          "Only these, separated by commas: ocr, captions, answers, dead-letters (default: all).")
  private List<Topic> topics = List.of(Topic.values());

  @Option(names = "--json", description = "One JSON object per line, whole and unshortened.")
  private boolean json;

  @Option(
      names = {"-f", "--follow"},
      description = "Wait for more until Ctrl-C.")
  private boolean follow;

  @Option(
      names = "--until-idle",
      paramLabel = "SECONDS",
      description = "Wait for more until nothing has come for so long.")
  private Integer idleSeconds;

  @Option(names = "--max", paramLabel = "N", description = "End after so many.")
  private Long max;

  @Option(names = "--new", description = "Pass over what is there already; implies --follow.")
  private boolean fromNow;

  @Option(
      names = "--vtt",
      paramLabel = "STREAM",
      description = "Write the captions of this video as WebVTT, corrections applied.")
  private String vttStream;

  @Mixin private ConnectionOptions connection;

  ResultsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    TailUntil until = until();
    Settings settings = connection.orLocal();
    Set<Topics> roles =
        vttStream == null
            ? new TreeSet<>(topics.stream().map(topic -> topic.role).toList())
            : Set.of(Topics.CAPTIONS);
    try (Cluster cluster = new Cluster(settings)) {
      cluster.require(
          TopicNames.of(settings, roles),
          "start the job first (moonflow run --create-topics), or create them");
    }
    try (Lifetime lifetime = new Lifetime();
        OutputRecordView view = new OutputRecordView(Registry.settings(settings));
        OutputTail tail = new OutputTail(settings, roles, fromNow)) {
      lifetime.add(tail::stop);
      if (vttStream != null) {
        writeVtt(view, tail, until);
        return ExitCodes.OK;
      }
      ResultPrinter printer = new ResultPrinter(console, view, json);
      printer.begin();
      long shown = tail.run(until, printer::print);
      if (!json) {
        console.note(Quantities.count(shown, "result"));
      }
    }
    return ExitCodes.OK;
  }

  private void writeVtt(OutputRecordView view, OutputTail tail, TailUntil until) throws Exception {
    WebVtt vtt = new WebVtt(vttStream);
    long unused =
        tail.run(
            until,
            (topic, kafkaRecord) -> {
              try {
                vtt.add((CaptionResult) view.value(topic, kafkaRecord));
              } catch (UndecodableRecordException e) {
                console.note("moonflow: " + view.row(topic, kafkaRecord).text());
              }
            });
    if (vtt.size() == 0) {
      throw new UserException(
          "There is no caption of a video with the stream id " + vttStream + ".");
    }
    console.piece(vtt.text());
  }

  private TailUntil until() {
    if (vttStream != null && (json || topics.size() < Topic.values().length)) {
      throw new UserException("Give --vtt without --json and --topic.");
    }
    if (idleSeconds != null && idleSeconds < 1) {
      throw new UserException("--until-idle must be at least 1, got " + idleSeconds + ".");
    }
    if (max != null && max < 1) {
      throw new UserException("--max must be at least 1, got " + max + ".");
    }
    boolean wait = follow || fromNow || idleSeconds != null;
    return new TailUntil(
        wait,
        idleSeconds == null ? null : Duration.ofSeconds(idleSeconds),
        max == null ? Long.MAX_VALUE : max);
  }
}
