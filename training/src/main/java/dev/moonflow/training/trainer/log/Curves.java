package dev.moonflow.training.trainer.log;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Loss, learning rate, speed and expert load over the steps of a stage, and whatever the stage
 * measures beside them, as one PNG of two columns.
 */
public final class Curves {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;

  private record Panel(String column, String title) {}

  /** What every stage has, in this order; the stage's own columns follow. */
  private static final List<Panel> COMMON =
      List.of(
          new Panel("loss", "loss"),
          new Panel("learning_rate", "learning rate"),
          new Panel("tokens_per_second", "tokens per second"),
          new Panel("expert_load_violation", "expert load, (max - mean) / mean"));

  /** The axis itself, and what says nothing as a curve. */
  private static final Set<String> NO_PANEL = Set.of("step", "tokens", "gradient_norm");

  private Curves() {}

  /** Writes the picture, replacing one that is there; nothing for an empty table. */
  public static void write(Path png, String stage, MetricsTable table) throws IOException {
    if (table.rows().isEmpty()) {
      return;
    }
    List<Panel> panels = panels(table);
    int height = (panels.size() + 1) / 2 * HEIGHT;
    BufferedImage picture = new BufferedImage(2 * WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    for (int i = 0; i < panels.size(); i++) {
      Graphics2D part = (Graphics2D) graphics.create(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
      chart(panels.get(i), stage, table).paint(part, WIDTH, HEIGHT);
      part.dispose();
    }
    graphics.dispose();
    Path beside = png.resolveSibling("." + png.getFileName() + ".part");
    try {
      ImageIO.write(picture, "png", beside.toFile());
      Files.move(beside, png, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static List<Panel> panels(MetricsTable table) {
    List<Panel> panels = new ArrayList<>(COMMON);
    for (String column : table.columns()) {
      if (!NO_PANEL.contains(column)
          && COMMON.stream().noneMatch(panel -> panel.column().equals(column))) {
        panels.add(new Panel(column, column.replace('_', ' ')));
      }
    }
    panels.removeIf(panel -> !hasValues(table.column(panel.column())));
    return panels;
  }

  /** Whether there is anything to draw: a stage may leave a column empty. */
  private static boolean hasValues(double[] column) {
    return Arrays.stream(column).anyMatch(Double::isFinite);
  }

  private static XYChart chart(Panel panel, String stage, MetricsTable table) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(stage + ": " + panel.title())
            .xAxisTitle("step")
            .build();
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setXAxisDecimalPattern("0");
    chart.getStyler().setXAxisMaxLabelCount(10);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // A chart cannot place what is not finite; such values leave a gap.
    double[] values =
        Arrays.stream(table.column(panel.column()))
            .map(v -> Double.isInfinite(v) ? Double.NaN : v)
            .toArray();
    chart
        .addSeries(panel.column(), table.column("step"), values)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(new Color(0x1f77b4));
    return chart;
  }
}
