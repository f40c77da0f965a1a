package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.settings.ModelOptions;
import dev.moonflow.jobs.settings.Settings;
import dev.moonflow.kernels.device.DeviceChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --model} and {@code --device} of commands that run the job, over what settings say. */
final class JobModelOptions {
  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Folder of the checkpoint (moonflow.model.path; default: models/moonlet).")
  private Path model;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "auto, opencl or cpu (moonflow.device).")
  private DeviceChoice device;

  /** Settings with what was given; the default model, if it is there, where nobody names one. */
  Settings over(Settings given, Home home) {
    Settings settings = given;
    if (model != null) {
      settings = settings.with(ModelOptions.PATH, model.toAbsolutePath().normalize());
    } else if (!settings.has(ModelOptions.PATH) && Files.isDirectory(home.defaultModel())) {
      settings = settings.with(ModelOptions.PATH, home.defaultModel());
    }
    return device == null ? settings : settings.with(ModelOptions.DEVICE, device);
  }
}
