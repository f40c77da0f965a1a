package dev.moonflow.jobs.demo.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleMakerTest {
  private static final Path BUNDLED =
      Path.of(System.getProperty("moonflow.root.dir")).resolve("samples");

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void theSameBytesComeOutAtEveryRun() throws Exception {
    SampleMaker.make(first);
    SampleMaker.make(second);
    for (Path file : files(first)) {
      assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void theBundledSamplesAreWhatTheMakerDraws() throws Exception {
    SampleMaker.make(first);
    List<String> names = files(first).stream().map(f -> f.getFileName().toString()).toList();
    assertThat(files(BUNDLED).stream().map(f -> f.getFileName().toString())).isEqualTo(names);
    long bytes = 0;
    for (Path file : files(BUNDLED)) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThan(1 << 20);
    assertThat(meanDifference(SampleMaker.PHOTO)).isLessThan(3);
    assertThat(meanDifference(SampleMaker.RECEIPT)).isLessThan(3);
  }

  @Test
  void theDocumentHasTwoPagesOfRealText() throws Exception {
    try (PDDocument document = Loader.loadPDF(BUNDLED.resolve(SampleMaker.DOCUMENT).toFile())) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      assertThat(new PDFTextStripper().getText(document))
          .contains("Harbour report 2026", "The harbour master", "Mooring fees 18,400 19,150");
    }
  }

  @Test
  void everyQuestionIsAboutABundledImage() throws Exception {
    JsonNode questions = new ObjectMapper().readTree(BUNDLED.resolve("questions.json").toFile());
    assertThat(questions).isNotEmpty();
    for (JsonNode question : questions) {
      assertThat(BUNDLED.resolve(question.get("image").asText())).isRegularFile();
      assertThat(question.get("question").asText()).endsWith("?");
    }
  }

  /** Decoders and encoders of other JDKs may round differently; the picture is the same. */
  private double meanDifference(String name) throws IOException {
    BufferedImage made = ImageIO.read(first.resolve(name).toFile());
    BufferedImage bundled = ImageIO.read(BUNDLED.resolve(name).toFile());
    assertThat(bundled.getWidth()).isEqualTo(made.getWidth());
    assertThat(bundled.getHeight()).isEqualTo(made.getHeight());
    long sum = 0;
    for (int y = 0; y < made.getHeight(); y++) {
      for (int x = 0; x < made.getWidth(); x++) {
        sum += Math.abs((made.getRGB(x, y) & 255) - (bundled.getRGB(x, y) & 255));
      }
    }
    return sum / (double) (made.getWidth() * made.getHeight());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
