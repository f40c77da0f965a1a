package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.demo.Demo;
import dev.moonflow.jobs.demo.DemoModel;
import dev.moonflow.jobs.demo.DemoModels;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow demo}: the whole flow in one process. */
@Command(
    name = "demo",
    header = "Run everything in one process on the bundled samples.",
    description = {
      "%nStarts a Kafka broker, a schema registry and Flink on free loopback ports, publishes the"
          + " bundled samples (an image to describe, a receipt and a two-page PDF to read, frames of"
          + " a video, questions), shows each result as it is committed and counts them at the end."
          + " The exit code is 0 only if every event has its answer and nothing is lost or doubled."
    })
final class DemoCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Option(
      names = "--stay",
      description = "Keep broker, registry and Flink up until Ctrl-C and show their addresses.")
  private boolean stay;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = {
        "Folder of a checkpoint (default: models/moonlet",
        "if it is there, else a small random one)."
      })
  private Path model;

  @Mixin private DeviceOption device;

  DemoCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    console.note(console.bold("Moonflow demo"));
    DemoModel chosen = new DemoModels(home, new Steps(console)).choose(model);
    boolean exact = new Demo(console, home.samples(), chosen, device.choice()).run(stay).exact();
    return exact ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
