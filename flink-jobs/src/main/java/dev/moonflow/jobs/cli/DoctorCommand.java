package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.PrintableText;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.jobs.cli.doctor.Doctor;
import dev.moonflow.jobs.cli.doctor.Finding;
import dev.moonflow.jobs.cli.doctor.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code moonflow doctor}: what this machine has and what it lacks. */
@Command(
    name = "doctor",
    header = "Look at this machine: what is there, what is missing, what to install.",
    description = "%nThe exit code is 0 when nothing that Moonflow needs is missing.")
final class DoctorCommand implements Callable<Integer> {
  private static final int TITLE_WIDTH = 16;

  private final Console console;
  private final Home home;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Checkpoint to look at (default: models/moonlet).")
  private Path model;

  DoctorCommand(Console console, Home home) {
    this.console = console;
    this.home = home;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Doctor(home, model).examine(this::show);
    long missing = findings.stream().filter(f -> f.level() == Level.MISSING).count();
    long optional = findings.stream().filter(f -> f.level() == Level.OPTIONAL).count();
    console.line("");
    if (missing > 0) {
      console.line(console.bad(Quantities.count(missing, "thing") + " must be put right."));
      return ExitCodes.FAILED;
    }
    console.line(
        optional == 0
            ? console.good("Everything is there.")
            : console.good("Moonflow runs here.") + " " + optional + " could be better.");
    return ExitCodes.OK;
  }

  private void show(Finding finding) {
    String mark =
        switch (finding.level()) {
          case GOOD -> console.good("ok     ");
          case OPTIONAL -> console.warning("note   ");
          case MISSING -> console.bad("MISSING");
        };
    console.line(
        mark
            + " "
            + PrintableText.pad(finding.title(), TITLE_WIDTH)
            + " "
            + PrintableText.oneLine(finding.detail()));
    if (finding.remedy() != null) {
      console.line(" ".repeat(8 + TITLE_WIDTH) + " -> " + finding.remedy());
    }
  }
}
