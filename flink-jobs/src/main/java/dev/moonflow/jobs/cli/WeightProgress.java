package dev.moonflow.jobs.cli;

import dev.moonflow.jobs.cli.console.Console;
import dev.moonflow.jobs.cli.console.Quantities;
import dev.moonflow.model.convert.ConversionProgress;

/** Shows how far weights are written: a moving line on a terminal, a line per tenth elsewhere. */
final class WeightProgress implements ConversionProgress {
  private static final int PARTS_TERMINAL = 1000;
  private static final int PARTS = 10;

  private final Console console;
  private long shown = -1;

  WeightProgress(Console console) {
    this.console = console;
  }

  @Override
  public void written(String tensor, long doneBytes, long totalBytes) {
    int parts = console.terminal() ? PARTS_TERMINAL : PARTS;
    long part = (long) ((double) doneBytes / totalBytes * parts);
    if (part == shown) {
      return;
    }
    shown = part;
    String text =
        "  %3d %%  %s of %s"
            .formatted(
                part * 100 / parts, Quantities.bytes(doneBytes), Quantities.bytes(totalBytes));
    if (console.terminal()) {
      console.err().print("\r\u001b[K" + text + (doneBytes >= totalBytes ? "\n" : ""));
      console.err().flush();
    } else {
      console.note(text);
    }
  }
}
