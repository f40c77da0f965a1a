package dev.moonflow.jobs.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console = console(false, 60);

  @Test
  void columnsLineUpAndTheLastOneTakesTheRest() {
    Table table = new Table(console, List.of("TOPIC", "SOURCE", "TEXT"), 6, 10);
    table.header();
    table.row("ocr", "a-very-long-source-id", "x".repeat(100));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("TOPIC   SOURCE      TEXT", "ocr     a-very-lo…  " + "x".repeat(39) + "…");
  }

  @Test
  void stylesAreForTerminalsOnly() {
    assertThat(console.bad("no")).isEqualTo("no");
    assertThat(console(true, 60).bad("no")).isEqualTo("\u001b[31mno\u001b[0m");
  }

  private Console console(boolean terminal, int width) {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Console(stream, stream, terminal, width);
  }
}
