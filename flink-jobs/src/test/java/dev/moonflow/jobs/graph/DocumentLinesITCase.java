package dev.moonflow.jobs.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.deadletter.ErrorHeaders;
import dev.moonflow.connectors.kafka.RawRecord;
import dev.moonflow.connectors.kafka.RecordHeader;
import dev.moonflow.schemas.OcrLine;
import dev.moonflow.schemas.OcrResult;
import dev.moonflow.schemas.Topics;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.flink.api.common.JobStatus;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scans through Kafka, line by line: upright, turned, blank and broken pages. */
class DocumentLinesITCase {
  private static final int WIDTH = 620;
  private static final int HEIGHT = 877;

  @TempDir Path folder;

  @Test
  void pagesAreReadLineByLineAndABrokenOneDoesNotFailItsDocument() throws Exception {
    try (Services services = Services.embedded();
        LocalCluster cluster = LocalCluster.start();
        Publisher publisher = new Publisher(services);
        Subscriber ocr = new Subscriber(services, Topics.OCR);
        Subscriber letters = new Subscriber(services, Topics.DEAD_LETTERS)) {
      cluster.run(
          services
              .settings(folder)
              .with("moonflow.job.parallelism", "1")
              .with("moonflow.document.regions", "lines"),
          false);
      publisher.document("desk", "pdf", Golden.inline(pdf()), 72);
      publisher.document("desk", "tiff", Golden.inline(damagedTiff()));

      ocr.await(4 + 1 + 2 + 1);
      letters.await(2);
      List<RawRecord> records = ocr.linger(Duration.ofSeconds(1));
      Map<String, OcrResult> results = new HashMap<>();
      for (OcrResult result : Subscriber.decode(services, OcrResult.class, records)) {
        String part = result.getPage() == null ? "" : "/" + result.getPage();
        assertThat(results.put(result.getId() + part, result)).isNull();
      }
      assertThat(cluster.status()).isEqualTo(JobStatus.RUNNING);
      assertThat(results.keySet())
          .containsExactlyInAnyOrder(
              "pdf/1", "pdf/2", "pdf/4", "pdf/5", "pdf", "tiff/1", "tiff/3", "tiff");
      checkPage(results.get("pdf/1"), 0);
      checkPage(results.get("pdf/4"), 2);
      checkPage(results.get("pdf/5"), 1);
      assertThat(results.get("pdf/2").getBlank()).isTrue();
      checkDocument(results);
      assertThat(results.get("tiff").getFailedPages()).containsExactly(2);
      checkPage(results.get("tiff/1"), 0);
      for (RawRecord letter : letters.records()) {
        assertThat(RecordHeader.last(letter.headers(), ErrorHeaders.MESSAGE)).isPresent();
      }
    }
  }

  private static void checkPage(OcrResult page, int turns) {
    assertThat(page.getScope()).isEqualTo("page");
    assertThat(page.getQuarterTurns()).isEqualTo((4 - turns) % 4);
    assertThat(page.getPageWidth()).isEqualTo(turns % 2 == 0 ? WIDTH : HEIGHT);
    assertThat(page.getLines()).hasSize(9);
    assertThat(page.getFailedLines()).isZero();
    List<String> texts = new ArrayList<>();
    for (OcrLine line : page.getLines()) {
      assertThat(line.getMeanProbability()).isBetween(line.getMinProbability(), 1.0);
      assertThat(line.getMinProbability()).isGreaterThan(0);
      boolean along = turns % 2 == 0;
      int length = along ? line.getRight() - line.getLeft() : line.getBottom() - line.getTop();
      assertThat(length).isGreaterThan(WIDTH / 3);
      texts.add(line.getText().strip().replaceAll("\\s+", " "));
    }
    OcrLine first = page.getLines().get(0);
    int fromTop =
        switch (turns) {
          case 0 -> first.getTop();
          case 1 -> HEIGHT - first.getRight();
          default -> HEIGHT - first.getBottom();
        };
    assertThat(fromTop).as("the heading is on top").isBetween(50, 110);
    assertThat(page.getText().replaceAll("\\s+", " ").strip())
        .isEqualTo(String.join(" ", texts).replaceAll("\\s+", " ").strip());
    if (!texts.get(0).isEmpty()) {
      assertThat(page.getMarkdown()).startsWith("#");
    }
  }

  private static void checkDocument(Map<String, OcrResult> results) {
    OcrResult document = results.get("pdf");
    assertThat(document.getFailedPages()).containsExactly(3);
    assertThat(document.getBlankPages()).containsExactly(2);
    assertThat(document.getText())
        .isEqualTo(
            String.join(
                "\f",
                results.get("pdf/1").getText(),
                "",
                "",
                results.get("pdf/4").getText(),
                results.get("pdf/5").getText()));
  }

  /** A heading and eight lines, turned clockwise by quarters. */
  private static BufferedImage scan(int turns) {
    BufferedImage page = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = page.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    g.setColor(Color.BLACK);
    g.setFont(new Font("SansSerif", Font.BOLD, 32));
    g.drawString("The old harbour hall", 60, 100);
    g.setFont(new Font("SansSerif", Font.PLAIN, 17));
    for (int i = 0; i < 8; i++) {
      g.drawString("The hold of the third boat was dry when the bell rang " + i, 60, 160 + 26 * i);
    }
    boolean flat = turns % 2 == 1;
    BufferedImage turned =
        new BufferedImage(flat ? HEIGHT : WIDTH, flat ? WIDTH : HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int tx = turns == 1 ? HEIGHT - 1 - y : turns == 2 ? WIDTH - 1 - x : x;
        int ty = turns == 1 ? x : turns == 2 ? HEIGHT - 1 - y : y;
        turned.setRGB(tx, ty, page.getRGB(x, y));
      }
    }
    return turned;
  }

  /** Upright, blank, broken, upside down, on its side; a point is a pixel at 72 dpi. */
  private static byte[] pdf() throws Exception {
    try (PDDocument document = new PDDocument()) {
      for (int page = 0; page < 5; page++) {
        if (page == 2) {
          document.addPage(new PDPage(new PDRectangle(14_000, 14_000))); // past a page's pixels
          continue;
        }
        BufferedImage image = scan(page == 3 ? 2 : page == 4 ? 1 : 0);
        PDPage added = new PDPage(new PDRectangle(image.getWidth(), image.getHeight()));
        document.addPage(added);
        if (page != 1) {
          try (PDPageContentStream content = new PDPageContentStream(document, added)) {
            content.drawImage(LosslessFactory.createFromImage(document, image), 0, 0);
          }
        }
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    }
  }

  /** Three equal pages, the pixels of the second overwritten in the middle of the file. */
  private static byte[] damagedTiff() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      var settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(javax.imageio.ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionType("Deflate");
      writer.prepareWriteSequence(null);
      BufferedImage page = scan(0);
      for (int i = 0; i < 3; i++) {
        writer.writeToSequence(
            new IIOImage(
                page, null, writer.getDefaultImageMetadata(new ImageTypeSpecifier(page), settings)),
            settings);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    byte[] tiff = out.toByteArray();
    int middle = tiff.length / 2;
    Arrays.fill(tiff, middle - 400, middle + 400, (byte) 0xff);
    return tiff;
  }
}
