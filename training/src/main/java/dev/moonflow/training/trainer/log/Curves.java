package dev.moonflow.training.trainer.log;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss, learning rate, speed and expert load over the steps of a stage, as one PNG. */
public final class Curves {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;

  private record Panel(String column, String title) {}

  private static final Panel[] PANELS = {
    new Panel("loss", "loss"),
    new Panel("learning_rate", "learning rate"),
    new Panel("tokens_per_second", "tokens per second"),
    new Panel("expert_load_violation", "expert load, (max - mean) / mean"),
  };

  private Curves() {}

  /** Writes the picture, replacing one that is there; nothing for an empty table. */
  public static void write(Path png, String stage, MetricsTable table) throws IOException {
    if (table.rows().isEmpty()) {
      return;
    }
    BufferedImage picture = new BufferedImage(2 * WIDTH, 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    for (int i = 0; i < PANELS.length; i++) {
      Graphics2D part = (Graphics2D) graphics.create(i % 2 * WIDTH, i / 2 * HEIGHT, WIDTH, HEIGHT);
      chart(PANELS[i], stage, table).paint(part, WIDTH, HEIGHT);
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
    if (Arrays.stream(values).allMatch(Double::isNaN)) {
      Arrays.fill(values, 0);
    }
    chart
        .addSeries(panel.column(), table.column("step"), values)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(new Color(0x1f77b4));
    return chart;
  }
}
