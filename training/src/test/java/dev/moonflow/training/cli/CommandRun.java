package dev.moonflow.training.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs {@code moonflow data} in this process and hears what it says. */
final class CommandRun {
  private static final int USER_ERROR = 2;

  private CommandRun() {}

  /** What came of it. */
  record Run(int code, String out, String err) {
    /** It must be one sentence that has a part, and the exit code of a user's mistake. */
    void assertSentence(String part) {
      assertThat(code).as(err).isEqualTo(USER_ERROR);
      assertThat(err.strip().lines()).hasSize(1);
      assertThat(err)
          .startsWith("moonflow: ")
          .contains(part)
          .endsWith("." + System.lineSeparator());
    }
  }

  static Run data(Object... arguments) {
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, UTF_8));
    System.setErr(new PrintStream(complained, true, UTF_8));
    try {
      int code = new CommandLine(new DataCommand()).execute(words);
      return new Run(code, said.toString(UTF_8), complained.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
