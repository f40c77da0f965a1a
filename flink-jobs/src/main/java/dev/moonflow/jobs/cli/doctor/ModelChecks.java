package dev.moonflow.jobs.cli.doctor;

import dev.moonflow.model.checkpoint.Checkpoint;
import dev.moonflow.model.checkpoint.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checkpoint that commands use when none is named. */
final class ModelChecks {
  private ModelChecks() {}

  static Finding model(Path folder, boolean named) {
    if (!Files.isDirectory(folder)) {
      String detail = folder + " is not there";
      return named
          ? Finding.missing("Model", detail, "name the folder of a Kimi-VL checkpoint")
          : Finding.optional(
              "Model",
              detail,
              "demo and read make a small random one; name another with --model DIR");
    }
    try (Checkpoint checkpoint = Checkpoint.open(folder)) {
      return Finding.good("Model", folder + ", fingerprint " + checkpoint.fingerprint());
    } catch (CheckpointException e) {
      return Finding.missing("Model", e.getMessage(), "copy the whole checkpoint again");
    }
  }
}
