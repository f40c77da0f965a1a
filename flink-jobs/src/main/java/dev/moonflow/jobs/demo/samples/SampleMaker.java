package dev.moonflow.jobs.demo.samples;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes the bundled samples into a folder; the same bytes at every run on one JDK. */
public final class SampleMaker {
  /** The photo-like image. */
  public static final String PHOTO = "landscape.jpg";

  /** The scanned receipt. */
  public static final String RECEIPT = "receipt.png";

  /** The document of two pages. */
  public static final String DOCUMENT = "harbour-report.pdf";

  /** The video of about three seconds. */
  public static final String VIDEO = "ball.mp4";

  /** Questions about the images: a JSON array of {@code image} and {@code question}. */
  public static final String QUESTIONS = "questions.json";

  private SampleMaker() {}

  /** Makes every sample in {@code folder}, which is created if need be. */
  public static void make(Path folder) throws IOException {
    Files.createDirectories(folder);
    ImageIO.setUseCache(false);
    writeJpeg(new LandscapePhoto().draw(), folder.resolve(PHOTO), 0.86f);
    ImageIO.write(new ReceiptScan().draw(), "png", folder.resolve(RECEIPT).toFile());
    new TwoPageReport().write(folder.resolve(DOCUMENT));
    new BallVideo().write(folder.resolve(VIDEO));
    String json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(
                List.of(
                    question(PHOTO, "What colour is the roof of the house?"),
                    question(RECEIPT, "What is the total, and how was it paid?")));
    Files.write(folder.resolve(QUESTIONS), (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> question(String image, String question) {
    Map<String, String> entry = new java.util.LinkedHashMap<>();
    entry.put("image", image);
    entry.put("question", question);
    return entry;
  }

  private static void writeJpeg(BufferedImage image, Path file, float quality) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      out.setByteOrder(java.nio.ByteOrder.BIG_ENDIAN);
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
  }
}
