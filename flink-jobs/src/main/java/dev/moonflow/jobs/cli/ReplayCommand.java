package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.graph.RecordPosition;
import dev.moonflow.jobs.graph.Replay;
import dev.moonflow.jobs.graph.ReplayException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code moonflow replay}: makes a result again. */
@Command(
    name = "replay",
    header = "Make a result again from its event, and say whether the bytes agree.",
    description = {
      "%nReads the result, finds the event or events that it comes from and the settings that it was"
          + " made under by its headers, and runs the job over them in this process. Only brokers,"
          + " registry and model are to be told. Nothing is written. The exit code is 0 only if key"
          + " and value are the same bytes.",
      "%nA window of a video is made again from all frames of its stream up to its last, and a"
          + " question about something seen from the events that it names. What the job read itself"
          + " (moonflow.video.sources) cannot be made again."
    },
    footer = {
      "",
      "Example:",
      "  moonflow replay moonflow.answers@0:17 --bootstrap kafka-1:9092 --registry http://registry:8081"
    })
final class ReplayCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Parameters(paramLabel = "TOPIC@PARTITION:OFFSET", description = "Where the result lies.")
  private String position;

  @Mixin private JobModelOptions model;

  @Mixin private ConnectionOptions connection;

  ReplayCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    try {
      RecordPosition at = RecordPosition.parse(position);
      Replay.Verdict verdict = Replay.of(model.over(connection.orLocal(), home).check(), at);
      console.note("event      " + verdict.source());
      console.note("made by    " + verdict.madeBy());
      if (verdict.madeAgainBy() != null) {
        console.note("again by   " + verdict.madeAgainBy());
      }
      console.line(verdict.sentence());
      return verdict.agrees() ? ExitCodes.OK : ExitCodes.FAILED;
    } catch (ReplayException e) {
      throw new UserException(e.getMessage(), e);
    }
  }
}
