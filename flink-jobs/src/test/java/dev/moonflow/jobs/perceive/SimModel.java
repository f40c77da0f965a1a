package dev.moonflow.jobs.perceive;

import dev.moonflow.kernels.device.DeviceChoice;
import dev.moonflow.model.engine.Engine;
import dev.moonflow.model.engine.EngineLimits;
import java.nio.file.Path;
import java.util.Arrays;

/** The model of the simulation; its engines are the simulation's. */
final class SimModel implements LoadedModel {
  static final String FINGERPRINT = "sim";

  /** Finds it wherever it is looked for. */
  static final class Loader implements ModelLoader {
    private static final long serialVersionUID = 1L;

    @Override
    public LoadedModel load(Path checkpoint, DeviceChoice device) {
      return new SimModel();
    }
  }

  @Override
  public Engine newEngine(EngineLimits limits) {
    return new SimEngine();
  }

  @Override
  public String fingerprint() {
    return FINGERPRINT;
  }

  @Override
  public String device() {
    return "cpu";
  }

  @Override
  public Reply read(int[] tokens) {
    return new Reply(Arrays.toString(tokens), null);
  }

  @Override
  public void close() {}
}
