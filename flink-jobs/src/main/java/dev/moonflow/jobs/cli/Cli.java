package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import dev.moonflow.jobs.cli.console.Lifetime;
import dev.moonflow.jobs.cli.console.LogFile;
import dev.moonflow.jobs.cli.console.PrintableText;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Takes the arguments apart, runs the command and turns every failure into one sentence. */
public final class Cli {
  private static final Logger LOG = LoggerFactory.getLogger(Cli.class);
  private static final int HELP_WIDTH = 100;

  private Cli() {}

  /**
   * Runs one command.
   *
   * @return the exit code, see {@link ExitCodes}
   */
  public static int run(Console console, Home home, String... args) {
    return commandLine(console, home).execute(args);
  }

  /** All commands, wired to a console. */
  static CommandLine commandLine(Console console, Home home) {
    CommandLine root = new CommandLine(new MoonflowCommand());
    root.addSubcommand(new DemoCommand(console, home));
    root.addSubcommand(new RunCommand(console, home));
    root.addSubcommand(new PublishCommand(console));
    root.addSubcommand(new ResultsCommand(console));
    root.addSubcommand(new ReplayCommand(console, home));
    root.addSubcommand(new ReadCommand(console, home));
    root.addSubcommand(new EnrichCommand(console, home));
    root.addSubcommand(new VideoBenchCommand(console, home));
    root.addSubcommand(new ChaosCommand(console));
    root.addSubcommand(new ConvertCommand(console));
    root.addSubcommand(new SynthCommand(console));
    root.addSubcommand(new ConformanceCommand(console));
    root.addSubcommand(bench(console, home));
    root.addSubcommand(new FuzzCommand(console));
    root.addSubcommand(new DoctorCommand(console, home));
    root.addSubcommand(new VersionCommand(console));
    root.addSubcommand(new MakeSamplesCommand(console));
    addHelp(root);
    root.getSubcommands().values().forEach(Cli::addHelp);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setColorScheme(
        CommandLine.Help.defaultColorScheme(console.terminal() ? Ansi.ON : Ansi.OFF));
    root.setUsageHelpWidth(Math.min(HELP_WIDTH, Math.max(80, console.width())));
    root.setUsageHelpLongOptionsMaxWidth(30);
    root.setOut(writer(console.out()));
    root.setErr(writer(console.err()));
    root.setParameterExceptionHandler((e, arguments) -> wrongUsage(e, console));
    root.setExecutionExceptionHandler((e, command, parsed) -> failed(e, console));
    return root;
  }

  private static CommandLine bench(Console console, Home home) {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.addSubcommand(new BenchEngineCommand(console, home));
    bench.addSubcommand(new BenchPipelineCommand(console, home));
    bench.addSubcommand(new BenchPackCommand(console, home));
    bench.addSubcommand(new BenchDenseCommand(console));
    bench.getSubcommands().values().forEach(Cli::addHelp);
    return bench;
  }

  /** The same help on every command, in the same layout. */
  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .order(Integer.MAX_VALUE)
                .description("Show this help.")
                .build());
    command
        .getCommandSpec()
        .usageMessage()
        .sortOptions(false)
        .sortSynopsis(false)
        .synopsisHeading("%nUsage: ")
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n");
  }

  private static int wrongUsage(ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    console.note("moonflow: " + PrintableText.oneLine(e.getMessage()) + ended(e.getMessage()));
    PrintWriter err = command.getErr();
    UnmatchedArgumentException.printSuggestions(e, err);
    err.flush();
    console.note("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCodes.USER_ERROR;
  }

  private static int failed(Exception e, Console console) {
    ErrorSentence sentence = ErrorSentence.of(e);
    if (sentence.ours()) {
      LOG.error("The command failed.", e);
    } else {
      LOG.info("The command ended: {}", sentence.text(), e);
    }
    if (Lifetime.stopping()) {
      return ExitCodes.FAILED;
    }
    console.note("moonflow: " + PrintableText.lines(sentence.text()));
    Path log = LogFile.current();
    if (sentence.ours() && log != null) {
      console.note("The details are in " + log);
    }
    return sentence.ours() ? ExitCodes.FAILED : ExitCodes.USER_ERROR;
  }

  private static String ended(String text) {
    return text.endsWith(".") ? "" : ".";
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
