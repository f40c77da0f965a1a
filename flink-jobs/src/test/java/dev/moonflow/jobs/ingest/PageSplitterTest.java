package dev.moonflow.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moonflow.connectors.media.DecodedImage;
import dev.moonflow.connectors.media.DocumentReader;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.jobs.ingest.IngestSettings.Pages;
import dev.moonflow.jobs.ingest.PageSplitter.Piece;
import dev.moonflow.jobs.settings.LimitOptions.Regions;
import dev.moonflow.jobs.settings.LimitOptions.TextLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A PDF of a page of text, a blank one and one that lies on its side. */
class PageSplitterTest {
  private static final MediaLimits LIMITS = new MediaLimits(10_000_000, 20_000_000, 10_000, 100);

  private static byte[] pdf;

  @BeforeAll
  static void writePdf() throws IOException {
    try (PDDocument document = new PDDocument()) {
      page(document, 0, true);
      page(document, 0, false);
      page(document, 90, true);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      pdf = out.toByteArray();
    }
  }

  private static void page(PDDocument document, int rotation, boolean text) throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    page.setRotation(rotation);
    document.addPage(page);
    if (!text) {
      return;
    }
    try (PDPageContentStream content = new PDPageContentStream(document, page)) {
      content.beginText();
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
      content.setLeading(18);
      content.newLineAtOffset(70, 740);
      for (int i = 0; i < 10; i++) {
        content.showText("Line " + i + " of a letter that was laid down on the table by them");
        content.newLine();
      }
      content.endText();
    }
  }

  private static List<Piece> split(Regions regions, TextLayer layer, int page) throws Exception {
    Pages pages = new Pages(regions, 28, true, true, layer, "?");
    try (DocumentReader reader = DocumentReader.open(pdf, LIMITS)) {
      return new PageSplitter(pages).split(reader, page, 144);
    }
  }

  @Test
  void aJobThatKeepsPagesGetsThePixelsOfThoseThatAreNotReadWhole() throws Exception {
    for (TextLayer layer : new TextLayer[] {TextLayer.IGNORE, TextLayer.PREFER}) {
      Pages pages = new Pages(Regions.LINES, 28, true, true, layer, "?");
      try (DocumentReader reader = DocumentReader.open(pdf, LIMITS)) {
        Piece sheet = new PageSplitter(pages, true).split(reader, 1, 144).get(0);
        assertThat(sheet.kind()).isEqualTo(RequestKind.SHEET);
        assertThat(ImageReader.header(sheet.png()).width()).isGreaterThan(500);
        assertThat(new PageSplitter(pages).split(reader, 1, 144).get(0).png()).isNull();
      }
    }
  }

  @Test
  void aPageOfLinesIsASheetAndItsLines() throws Exception {
    for (int page : new int[] {1, 3}) {
      List<Piece> pieces = split(Regions.LINES, TextLayer.IGNORE, page);

      assertThat(pieces).hasSize(11);
      PageSheet sheet = pieces.get(0).sheet();
      assertThat(pieces.get(0).kind()).isEqualTo(RequestKind.SHEET);
      assertThat(pieces.get(0).png()).isNull();
      assertThat(sheet.quarterTurns()).isEqualTo(page == 1 ? 0 : 3);
      assertThat(sheet.width()).isEqualTo(page == 1 ? 1190 : 1683);
      assertThat(sheet.layerText()).isNull();
      for (int i = 0; i < 10; i++) {
        Piece piece = pieces.get(i + 1);
        assertThat(piece.kind()).isEqualTo(RequestKind.LINE);
        assertThat(piece.line()).isEqualTo(i);
        DecodedImage line = ImageReader.decode(piece.png(), LIMITS);
        assertThat(line.height()).isEqualTo(28);
        assertThat(line.width()).isGreaterThan(28 * 10);
      }
    }
  }

  @Test
  void aWholePageIsMadeUpright() throws Exception {
    Piece piece = split(Regions.PAGE, TextLayer.IGNORE, 3).get(0);
    DecodedImage page = ImageReader.decode(piece.png(), LIMITS);

    assertThat(piece.kind()).isEqualTo(RequestKind.PAGE);
    assertThat(page.height()).isGreaterThan(page.width());
  }

  @Test
  void aBlankPageIsASheetAlone() throws Exception {
    for (Regions regions : Regions.values()) {
      List<Piece> pieces = split(regions, TextLayer.VERIFY, 2);

      assertThat(pieces).hasSize(1);
      assertThat(pieces.get(0).kind()).isEqualTo(RequestKind.SHEET);
      assertThat(pieces.get(0).sheet().blank()).isTrue();
    }
  }

  @Test
  void theTextLayerIsPreferredOrKeptForComparison() throws Exception {
    List<Piece> preferred = split(Regions.LINES, TextLayer.PREFER, 1);
    assertThat(preferred).hasSize(1);
    assertThat(preferred.get(0).sheet().layerUsed()).isTrue();
    assertThat(preferred.get(0).sheet().layerText())
        .startsWith("Line 0 of a letter")
        .contains("\nLine 9 ");

    List<Piece> verified = split(Regions.PAGE, TextLayer.VERIFY, 1);
    assertThat(verified.get(0).kind()).isEqualTo(RequestKind.PAGE);
    assertThat(verified.get(0).sheet().layerUsed()).isFalse();
    assertThat(verified.get(0).sheet().layerText()).startsWith("Line 0 of a letter");
  }
}
