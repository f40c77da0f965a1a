package dev.moonflow.jobs.cli.doctor;

import dev.moonflow.jobs.cli.console.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Looks at this machine, one thing after the other. */
public final class Doctor {
  private final Home home;
  private final Path model;

  /**
   * A doctor.
   *
   * @param model folder of the checkpoint to look at; null for the default one
   */
  public Doctor(Home home, Path model) {
    this.home = home;
    this.model = model;
  }

  /** Hands each finding on as soon as it is there, and gives all of them back. */
  public List<Finding> examine(Consumer<Finding> show) {
    List<Supplier<List<Finding>>> checks =
        List.of(
            () -> List.of(MachineChecks.java()),
            () -> List.of(MachineChecks.vectors()),
            () -> List.of(MachineChecks.cores()),
            () -> List.of(MachineChecks.memory()),
            KernelChecks::kernels,
            () -> List.of(DenseChecks.dense()),
            () -> List.of(MediaChecks.images()),
            () -> List.of(MediaChecks.video()),
            () -> MachineChecks.disks(home),
            () -> List.of(MachineChecks.ports()),
            () ->
                List.of(
                    ModelChecks.model(model == null ? home.defaultModel() : model, model != null)));
    List<Finding> findings = new ArrayList<>();
    for (Supplier<List<Finding>> check : checks) {
      for (Finding finding : check.get()) {
        findings.add(finding);
        show.accept(finding);
      }
    }
    return List.copyOf(findings);
  }
}
