package dev.moonflow.jobs.demo.samples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** A till receipt as a flat-bed scanner sees it: slightly turned, grey paper, speckles. */
final class ReceiptScan {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 620;
  private static final int LEFT = 52;
  private static final int RIGHT = WIDTH - 52;

  private static final String[][] LINES = {
    {"2 x Coffee", "5.80"},
    {"1 x Apple cake", "3.40"},
    {"1 x Sparkling water", "2.20"},
    {"3 x Bread roll", "1.95"},
  };

  private final ValueNoise noise = new ValueNoise(77);

  /** Draws the receipt; the amounts add up. */
  BufferedImage draw() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(new Color(0xC9C9C6));
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.rotate(Math.toRadians(-0.8), WIDTH / 2.0, HEIGHT / 2.0);
    g.setColor(new Color(0xF7F5EF));
    g.fillRect(24, 18, WIDTH - 48, HEIGHT - 36);
    g.setColor(new Color(0x2B2B30));
    try (OutlineText text = new OutlineText()) {
      print(g, text);
    }
    g.dispose();
    return scanned(image);
  }

  private static void print(Graphics2D g, OutlineText text) throws IOException {
    center(g, text, "CORNER CAFE", 78, 32);
    center(g, text, "12 Harbour Street", 108, 17);
    center(g, text, "Table 7      22 Nov 2026  14:05", 134, 16);
    rule(g, 154);
    double y = 190;
    for (String[] line : LINES) {
      row(g, text, line[0], line[1], y, 20);
      y += 36;
    }
    rule(g, y - 14);
    row(g, text, "Subtotal", "13.35", y + 16, 19);
    row(g, text, "Tax 10 %", "1.34", y + 48, 19);
    row(g, text, "TOTAL EUR", "14.69", y + 92, 28);
    rule(g, y + 112);
    row(g, text, "Paid by card", "14.69", y + 146, 18);
    center(g, text, "Receipt no. 004217", y + 186, 16);
    center(g, text, "Thank you, come again!", y + 222, 20);
  }

  private static void center(Graphics2D g, OutlineText text, String line, double y, double size)
      throws IOException {
    text.draw(g, line, (WIDTH - text.width(line, size)) / 2, y, size);
  }

  private static void row(
      Graphics2D g, OutlineText text, String left, String right, double y, double size)
      throws IOException {
    text.draw(g, left, LEFT, y, size);
    text.draw(g, right, RIGHT - text.width(right, size), y, size);
  }

  private static void rule(Graphics2D g, double y) {
    g.setStroke(
        new BasicStroke(
            1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {5, 4}, 0));
    g.drawLine(LEFT, (int) y, RIGHT, (int) y);
  }

  /**
   * Paper tone, uneven light and speckles; 41 grey levels with dither, so that the PNG stays small.
   */
  private BufferedImage scanned(BufferedImage drawn) {
    BufferedImage scan = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        Color3 c = Color3.of(drawn.getRGB(x, y));
        double grey = 0.3 * c.r() + 0.59 * c.g() + 0.11 * c.b();
        grey *= 0.97 + 0.06 * noise.fractal(x / 180.0, y / 180.0, 2);
        grey -= noise.grain(x, y) > 0.9985 ? 0.25 : 0;
        double dithered = Math.max(0, Math.min(1, grey)) * 40 + noise.grain(y, x) - 0.5;
        int level = (int) Math.max(0, Math.min(40, Math.round(dithered)));
        scan.getRaster().setSample(x, y, 0, level * 255 / 40);
      }
    }
    return scan;
  }
}
