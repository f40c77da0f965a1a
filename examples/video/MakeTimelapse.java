import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes 60 pictures of a street, one a second: a red car crosses it between 20 s and 30 s. */
public final class MakeTimelapse {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;

  private MakeTimelapse() {}

  /** {@code java MakeTimelapse.java FOLDER}. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (int second = 0; second < 60; second++) {
      BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      Graphics2D g = picture.createGraphics();
      g.setPaint(new GradientPaint(0, 0, new Color(0x9cc4e8), 0, 140, new Color(0xe8eef4)));
      g.fillRect(0, 0, WIDTH, 140);
      g.setColor(new Color(0x7d8f69));
      g.fillRect(0, 140, WIDTH, 30);
      g.setColor(new Color(0x55585c));
      g.fillRect(0, 170, WIDTH, 70);
      if (second >= 20 && second < 30) {
        int left = (second - 20) * 28;
        g.setColor(new Color(0xc22a22));
        g.fillRect(left, 165, 70, 34);
        g.setColor(Color.BLACK);
        g.fillOval(left + 8, 190, 18, 18);
        g.fillOval(left + 44, 190, 18, 18);
      }
      g.dispose();
      ImageIO.write(picture, "png", folder.resolve("%03d.png".formatted(second)).toFile());
    }
  }
}
