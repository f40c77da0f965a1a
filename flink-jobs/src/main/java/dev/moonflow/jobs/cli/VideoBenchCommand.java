package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.demo.DemoModels;
import dev.moonflow.jobs.demo.VideoTrial;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code moonflow video-bench}: how many streams this machine captions, and how soon. */
@Command(
    name = "video-bench",
    header = "Measure how many video streams this machine captions, and how soon.",
    description = {
      "%nStarts broker, registry, Flink and the model in this process. First some streams of one"
          + " frame a second go through as fast as they can, which tells how many such streams the"
          + " machine sustains; then 70 %% of that number, at least one, in real time, which tells"
          + " the delay from the last frame of a window to its committed caption."
    })
final class VideoBenchCommand implements Callable<Integer> {
  private final Console console;
  private final Home home;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "Length of each stream (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "8",
      description = "Streams of the first part (default: ${DEFAULT-VALUE}).")
  private int streams;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time that a caption describes (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "320x240",
      description = "Pixels of a frame (default: ${DEFAULT-VALUE}).")
  private String size;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      defaultValue = "24",
      description = "Tokens of each caption (default: ${DEFAULT-VALUE}).")
  private int tokens;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = {
        "Folder of a checkpoint (default: models/moonlet",
        "if it is there, else a small random one)."
      })
  private Path model;

  @Mixin private DeviceOption device;

  VideoBenchCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() throws Exception {
    require("--window", window, 1, 3_600);
    require("--seconds", seconds, window, 86_400);
    require("--streams", streams, 1, 10_000);
    require("--tokens", tokens, 1, 8_192);
    if (!size.matches("[1-9][0-9]{1,3}x[1-9][0-9]{1,3}")) {
      throw new UserException("--size must be such as 320x240, got " + size + ".");
    }
    String[] sides = size.split("x", 2);
    var plan =
        new VideoTrial.Plan(
            seconds,
            streams,
            window,
            Integer.parseInt(sides[0]),
            Integer.parseInt(sides[1]),
            tokens);
    var chosen = new DemoModels(home, new Steps(console)).choose(model);
    new VideoTrial(console, chosen, device.choice(), plan).run();
    return ExitCodes.OK;
  }

  private static void require(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new UserException(
          option + " must lie in " + min + " to " + max + ", got " + value + ".");
    }
  }
}
