package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.device.DeviceChoice;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Loads a checkpoint on a TaskManager. */
@FunctionalInterface
public interface ModelLoader extends Serializable {

  /**
   * Loads the weights.
   *
   * @throws IOException if the folder holds no checkpoint that can be read; one sentence says why
   */
  LoadedModel load(Path checkpoint, DeviceChoice device) throws IOException;
}
