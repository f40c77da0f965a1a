package dev.moonflow.jobs.graph;

import dev.moonflow.jobs.perceive.LoadedModel;
import dev.moonflow.jobs.perceive.ModelLoader;
import dev.moonflow.kernels.device.DeviceChoice;
import java.io.IOException;
import java.nio.file.Path;

/** Loads a Kimi-VL checkpoint. */
final class KimiVlLoader implements ModelLoader {
  private static final long serialVersionUID = 1L;

  @Override
  public LoadedModel load(Path checkpoint, DeviceChoice device) throws IOException {
    throw new IOException("no model can be loaded yet from " + checkpoint);
  }
}
