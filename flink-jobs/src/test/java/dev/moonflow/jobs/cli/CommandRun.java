package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Home;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A command line that was run in this process, with what it wrote.
 *
 * @param code its exit code
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int code, String out, String err) {

  /** Runs a command in the repository's folder, with its own files below {@code work}. */
  public static CommandRun of(Path work, String... args) {
    return at(new Home(root(), work), args);
  }

  /** Runs a command at a home. */
  public static CommandRun at(Home home, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            120);
    int code = Cli.run(console, home, args);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The repository's folder. */
  public static Path root() {
    return Path.of(System.getProperty("moonflow.root.dir"));
  }

  /** The last line that is not empty of standard output. */
  public String lastLine() {
    return out.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
  }
}
