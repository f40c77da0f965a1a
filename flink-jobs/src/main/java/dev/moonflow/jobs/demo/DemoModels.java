package dev.moonflow.jobs.demo;

import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Steps;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.model.synthetic.SyntheticCheckpoint;
import dev.moonflow.model.synthetic.SyntheticSpec;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Decides which checkpoint a command runs on when the user may have named none. */
public final class DemoModels {
  private static final long SEED = 2026L;

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
      return new DemoModel(named, false, isDefault(named));
    }
    if (Files.isDirectory(home.defaultModel())) {
      steps.say("model", home.defaultModel().toString());
      return new DemoModel(home.defaultModel(), false, true);
    }
    return new DemoModel(randomModel(), true, false);
  }

  private boolean isDefault(Path named) {
    return named.toAbsolutePath().normalize().equals(home.defaultModel().toAbsolutePath());
  }

  /** Made in a folder of another name first: one that is there is whole. */
  private Path randomModel() throws Exception {
    SyntheticSpec spec = SyntheticSpec.small(SEED);
    String name = "random-model-" + Integer.toHexString(spec.toString().hashCode());
    Path folder = home.work().resolve(name);
    if (Files.isDirectory(folder)) {
      steps.say("model", "random weights, seed " + SEED + " (" + folder + ")");
      return folder;
    }
    return steps.step(
        "model",
        "making a small random checkpoint",
        () -> {
          Path unfinished = Files.createTempDirectory(home.folder("models"), "unfinished-");
          SyntheticCheckpoint.write(unfinished, spec);
          try {
            return Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
          } catch (FileSystemException e) {
            // Another process was faster; the two are the same bytes.
            return Files.isDirectory(folder) ? folder : unfinished;
          }
        },
        made -> "random weights, seed " + SEED + " (" + made + ")");
  }
}
