package dev.moonflow.jobs.bench;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.PngEncoder;
import dev.moonflow.jobs.demo.samples.OutlineText;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Draws pages of prose: A4 at 150 dots per inch, {@value #LINES} lines of up to {@value
 * #LINE_CHARACTERS} characters in 12 point. The same pixels for the same seed on every machine.
 */
final class PageDrawer implements AutoCloseable {
  static final int WIDTH = 1240;
  static final int HEIGHT = 1754;
  static final int LINES = 33;
  static final int LINE_CHARACTERS = 60;

  private static final double LETTER_SIZE = 25; // 12 point
  private static final int MARGIN = 150;
  private static final int LINE_PITCH = 44;
  private static final String[] WORDS =
      """
      the of and to in is that for it was on are as with his they at be this from have or by one had not but what all \
      were when we there can an your which their said if do will each about how up out them then she many some so these \
      would other into has more her two like him see time could no make than first been its who now people my made over \
      did down only way find use may water long little very after words called just where most know harbour quiet year \
      boats winter ashore crane lifted scratch pier repaired work cost planned because oak piles sound saved paid lights \
      figures next page please bring questions meeting December seven regards master invoice number amount customer \
      printer paper quantity subtotal total within thirty days order address signature document columns table picture \
      North Street Anna Miller 2026 1,204.50 18 March (see 7.3) no. 41-B"""
          .split(" ");

  private final OutlineText letters = new OutlineText();

  PageDrawer() throws IOException {}

  /** One page and what stands on it. */
  record Drawn(byte[] png, List<String> lines) {
    int characters() {
      return lines.stream().mapToInt(String::length).sum();
    }
  }

  /** The page of a seed. */
  Drawn draw(long seed) throws IOException {
    List<String> lines = text(new SplittableRandom(seed));
    BufferedImage image = image(lines, WIDTH, HEIGHT);
    byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < bgr.length; i += 3) { // black on white, but the order is the encoder's
      byte blue = bgr[i];
      bgr[i] = bgr[i + 2];
      bgr[i + 2] = blue;
    }
    return new Drawn(PngEncoder.encode(new DecodedImage(WIDTH, HEIGHT, bgr)), lines);
  }

  /** As much of a page as stands on an image of some size, as JPEG. */
  byte[] jpeg(long seed, int width, int height) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (!ImageIO.write(image(text(new SplittableRandom(seed)), width, height), "jpeg", file)) {
      throw new IOException("this Java writes no JPEG");
    }
    return file.toByteArray();
  }

  private BufferedImage image(List<String> lines, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(Color.BLACK);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int i = 0; i < lines.size(); i++) {
      letters.draw(g, lines.get(i), MARGIN, MARGIN + (i + 1) * LINE_PITCH, LETTER_SIZE);
    }
    g.dispose();
    return image;
  }

  private static List<String> text(SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    boolean begins = true;
    while (lines.size() < LINES) {
      String word = WORDS[random.nextInt(WORDS.length)];
      if (begins) {
        word = Character.toUpperCase(word.charAt(0)) + word.substring(1);
      }
      begins = random.nextInt(12) == 0;
      word += begins ? "." : random.nextInt(10) == 0 ? "," : "";
      if (line.length() + 1 + word.length() > LINE_CHARACTERS) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    letters.close();
  }
}
