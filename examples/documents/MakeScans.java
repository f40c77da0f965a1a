import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws a small archive of scans: a TIFF of five pages (a report, the same upside down, a table, a
 * blank page, a skewed page). Run it with {@code java MakeScans.java scans.tiff}.
 */
public final class MakeScans {
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 1754;
  private static final String[] REPORT = {
    "In the spring of that year the harbour was closed for repairs, and most",
    "of the ships lay out in the bay, where the water is deep and the bottom",
    "holds an anchor well. Their crews came ashore each evening in small",
    "boats, bought bread and oil, and asked when the basin would be free.",
  };
  private static final String[][] TABLE = {
    {"Ship", "Tons", "Days"}, {"Elbe", "412", "17"}, {"Weser", "388", "9"}, {"Hunte", "95", "31"},
  };

  private MakeScans() {}

  public static void main(String[] arguments) throws Exception {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    File file = new File(arguments.length > 0 ? arguments[0] : "scans.tiff");
    file.delete();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int page = 1; page <= 5; page++) {
        var settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(javax.imageio.ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionType("Deflate");
        writer.writeToSequence(new IIOImage(page(page), null, null), settings);
      }
      writer.endWriteSequence();
    }
    System.out.println("wrote " + file);
  }

  private static BufferedImage page(int number) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(Color.BLACK);
    if (number == 2) {
      g.rotate(Math.PI, WIDTH / 2.0, HEIGHT / 2.0);
    } else if (number == 5) {
      g.rotate(Math.toRadians(3), WIDTH / 2.0, HEIGHT / 2.0);
    }
    if (number != 4) {
      g.setFont(new Font("Serif", Font.BOLD, 44));
      g.drawString(number == 3 ? "Ships of the spring" : "The northern quay", 140, 220);
      g.setFont(new Font("Serif", Font.PLAIN, 25));
      for (int i = 0; number != 3 && i < 12; i++) {
        g.drawString(REPORT[i % REPORT.length], 140, 300 + 36 * i + i / 4 * 30);
      }
      for (int row = 0; number == 3 && row < TABLE.length; row++) {
        for (int cell = 0; cell < 3; cell++) {
          g.drawString(TABLE[row][cell], 140 + 330 * cell, 320 + 50 * row);
        }
      }
    }
    return image;
  }
}
