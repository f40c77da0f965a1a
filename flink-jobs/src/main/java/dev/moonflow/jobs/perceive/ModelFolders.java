package dev.moonflow.jobs.perceive;

import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.model.convert.PackedCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Which folder a model is loaded from. */
public final class ModelFolders {
  private ModelFolders() {}

  /**
   * The checkpoint, or its packed copy on this host where the settings ask for packed weights; the
   * copy is made if it is not there.
   *
   * @throws IOException if the copy cannot be written
   */
  public static Path of(Path checkpoint, Settings settings) throws IOException {
    Optional<WeightFormat> format = settings.get(ModelOptions.WEIGHTS).format();
    return format.isEmpty() ? checkpoint : PackedCopies.of(checkpoint, format.get());
  }
}
