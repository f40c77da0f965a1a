package dev.moonflow.training.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loss curves as a CSV file: one line per measurement, runs one after another. */
final class CurveTable {
  private static final String HEADER = "optimizer,rate,run_steps,step,loss,run_seconds";

  private CurveTable() {}

  static void write(Path file, List<LossCurve> curves) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (LossCurve curve : curves) {
      for (int i = 0; i < curve.steps().size(); i++) {
        lines.add(
            "%s,%s,%d,%d,%s,%.1f"
                .formatted(
                    curve.optimizer(),
                    curve.rate(),
                    curve.length(),
                    curve.steps().get(i),
                    curve.losses().get(i),
                    curve.seconds()));
      }
    }
    Files.write(file, lines, StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException naming the file and line that cannot be read
   */
  static List<LossCurve> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Map<String, LossCurve.Builder> runs = new LinkedHashMap<>();
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      try {
        if (i == 0 ? !lines.get(0).equals(HEADER) : cells.length != 6) {
          throw new NumberFormatException();
        }
        if (i > 0) {
          String run = cells[0] + "," + cells[1] + "," + cells[2];
          double rate = Double.parseDouble(cells[1]);
          int length = Integer.parseInt(cells[2]);
          runs.computeIfAbsent(run, key -> new LossCurve.Builder(cells[0], rate, length))
              .add(Integer.parseInt(cells[3]), Double.parseDouble(cells[4]));
          seconds.put(run, Double.parseDouble(cells[5]));
        }
      } catch (NumberFormatException e) {
        throw new IOException(file + ", line " + (i + 1) + ": not a line of loss curves", e);
      }
    }
    List<LossCurve> curves = new ArrayList<>();
    runs.forEach((run, curve) -> curves.add(curve.build(seconds.get(run))));
    return curves;
  }
}
