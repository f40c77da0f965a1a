package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.PrintableText;
import dev.moonflow.jobs.cli.console.TemporaryFolder;
import dev.moonflow.jobs.cli.console.UserException;
import dev.moonflow.jobs.fuzz.Finding;
import dev.moonflow.jobs.fuzz.FuzzTarget;
import dev.moonflow.jobs.fuzz.FuzzTargets;
import dev.moonflow.jobs.fuzz.Fuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code moonflow fuzz}: hostile bytes for everything that parses. */
@Command(
    name = "fuzz",
    header = "Try hostile bytes on everything that parses what others send.",
    description = {
      "%nMutates good inputs and checks that each comes to a value or to one of the documented"
          + " refusals with a readable sentence, in time and without allocating out of proportion."
          + " An input that breaks this is written to a file, with the command that tries it"
          + " again. The exit code is 0 only if there was none.",
      "%nThe same seed tries the same inputs."
    },
    footer = {
      "",
      "Examples:",
      "  moonflow fuzz all --time 10m --seed 7 --corpus found",
      "  moonflow fuzz pdf --input found/pdf-1f2e3d4c.bin"
    })
final class FuzzCommand implements Callable<Integer> {
  private static final int TRACE_LINES = 12;

  private final Console console;

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..1",
      description = "What to try it on, or all. Without it, the targets are listed.")
  private String name;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the mutations are drawn from. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--time",
      paramLabel = "DURATION",
      description = "How long each target is tried, as in 30s or 2h. Default: ${DEFAULT-VALUE}.",
      defaultValue = "30s")
  private String time;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      description = "How many inputs are tried at most. Default: as many as the time allows.")
  private Long inputs;

  @Option(
      names = "--hang",
      paramLabel = "DURATION",
      description = "Processor time that one input may take. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20s")
  private String hang;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      description = "Where inputs that break the contract go. Default: ${DEFAULT-VALUE}.",
      defaultValue = "fuzz-found")
  private Path corpus;

  @Option(names = "--input", paramLabel = "FILE", description = "Try this one input instead.")
  private Path input;

  FuzzCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    try (TemporaryFolder folder = new TemporaryFolder("moonflow-fuzz");
        FuzzTargets targets = new FuzzTargets(folder.path())) {
      if (name == null) {
        targets.names().forEach(console::line);
        return ExitCodes.OK;
      }
      if (!name.equals("all") && !targets.names().contains(name)) {
        throw new UserException(
            "There is no target "
                + name
                + "; there are "
                + String.join(", ", targets.names())
                + ".");
      }
      if (input != null && name.equals("all")) {
        throw new UserException("--input needs one target, not all.");
      }
      List<String> chosen = name.equals("all") ? targets.names() : List.of(name);
      console.note(
          "seed " + seed + ", " + chosen.size() + (chosen.size() == 1 ? " target" : " targets"));
      int found = 0;
      for (String each : chosen) {
        found += report(targets.open(each));
      }
      console.line(found == 0 ? "Nothing was found." : found + " findings.");
      return found == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    }
  }

  private int report(FuzzTarget target) throws IOException, InterruptedException {
    Fuzzer fuzzer = new Fuzzer(target, seed, duration("--hang", hang));
    Fuzzer.Report report =
        input != null
            ? fuzzer.run(read())
            : fuzzer.run(inputs == null ? Long.MAX_VALUE : inputs, duration("--time", time));
    long values = report.outcomes().getOrDefault("a value", 0L);
    console.line(
        "%-20s %9d inputs %9d values %6d outcomes %8.1f MB at most %3d findings"
            .formatted(
                target.name(),
                report.inputs(),
                values,
                report.outcomes().size(),
                report.allocatedMax() / 1e6,
                report.findings().size()));
    if (input != null) {
      report
          .outcomes()
          .keySet()
          .forEach(outcome -> console.line("  " + PrintableText.oneLine(outcome)));
    }
    for (Finding finding : report.findings()) {
      tell(finding);
    }
    return report.findings().size();
  }

  private byte[] read() throws IOException {
    if (!Files.isRegularFile(input)) {
      throw new UserException(input + " is not a file.");
    }
    return Files.readAllBytes(input);
  }

  private void tell(Finding finding) throws IOException {
    console.line("  " + PrintableText.oneLine(finding.toString()));
    Arrays.stream(finding.trace()).limit(TRACE_LINES).forEach(f -> console.line("      at " + f));
    if (input == null) {
      Files.createDirectories(corpus);
      int hash = Arrays.hashCode(finding.input());
      Path file = corpus.resolve("%s-%08x.bin".formatted(finding.target(), hash));
      Files.write(file, finding.input());
      console.line("    again: moonflow fuzz " + finding.target() + " --input " + file);
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return org.apache.flink.util.TimeUtils.parseDuration(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UserException(option + " needs a duration such as 30s, got \"" + text + "\".");
    }
  }
}
