package dev.moonflow.jobs.demo;

import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Decides which checkpoint a command runs on when the user may have named none. */
public final class DemoModels {
  private final Home home;
  private final Steps steps;

  /** For the checkpoints of an installation. */
  public DemoModels(Home home, Steps steps) {
    this.home = home;
    this.steps = steps;
  }

  /**
   * The checkpoint that was named; else the default model if it is there; else a random one, made
   * once and kept.
   *
   * @param named folder that the user gave, or null
   */
  public DemoModel choose(Path named) throws Exception {
    if (named != null) {
      if (!Files.isRegularFile(named.resolve("config.json"))) {
        throw new UserException(named + " is not a checkpoint: it holds no config.json.");
      }
      steps.say("model", named.toString());
      return new DemoModel(named, false);
    }
    if (Files.isDirectory(home.defaultModel())) {
      steps.say("model", home.defaultModel().toString());
      return new DemoModel(home.defaultModel(), false);
    }
    throw new UserException("being built");
  }
}
