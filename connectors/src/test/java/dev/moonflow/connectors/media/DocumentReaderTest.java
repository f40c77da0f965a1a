package dev.moonflow.connectors.media;

import static dev.moonflow.connectors.media.Rejections.assertRejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.Test;

class DocumentReaderTest {
  private static final MediaLimits LIMITS = MediaLimits.DEFAULT;

  @Test
  void pagesOfAPdfAreRenderedInOrderAtTheResolutionAskedFor() throws Exception {
    try (DocumentReader reader = DocumentReader.open(TestPdfs.bars(3), LIMITS)) {
      assertThat(reader.type()).isEqualTo(MediaType.PDF);
      assertThat(reader.pageCount()).isEqualTo(3);
      for (int page = 0; page < 3; page++) {
        DecodedImage image = reader.renderPage(page, 144);
        assertThat(image.width()).isEqualTo(400);
        assertThat(image.height()).isEqualTo(200);
        int bar = 20 * (page + 1);
        assertThat(pixel(image, bar - 2, 100)).isEqualTo(0);
        assertThat(pixel(image, bar + 2, 100)).isEqualTo(255);
      }
      assertThat(reader.renderPage(0, 36).width()).isEqualTo(100);
    }
  }

  private static int pixel(DecodedImage image, int x, int y) {
    return image.rgb()[(y * image.width() + x) * 3] & 0xFF;
  }

  @Test
  void aScanInAPdfComesOutWithItsOwnPixels() throws Exception {
    DecodedImage scan = TestImages.photo(64, 48, 3);
    try (DocumentReader reader = DocumentReader.open(TestPdfs.scan(scan), LIMITS)) {
      assertThat(reader.renderPage(0, 72).rgb()).isEqualTo(scan.rgb());
    }
  }

  @Test
  void anEncryptedPdfIsRefusedUnlessItOpensWithoutAPassword() throws Exception {
    byte[] locked = TestPdfs.encrypted("secret");
    assertRejected(
        () -> DocumentReader.open(locked, LIMITS), Reason.ENCRYPTED, "encrypted", "password");
    try (DocumentReader reader = DocumentReader.open(TestPdfs.encrypted(""), LIMITS)) {
      assertThat(pixel(reader.renderPage(0, 72), 5, 50)).isEqualTo(0);
    }
  }

  @Test
  void pagesPastALimitAreRefusedBeforeTheyAreRendered() throws Exception {
    MediaLimits twoPages = new MediaLimits(1 << 20, 1 << 20, 10_000, 2);
    assertRejected(
        () -> DocumentReader.open(TestPdfs.bars(3), twoPages), Reason.TOO_MANY_PAGES, "3 pages");
    try (DocumentReader reader = DocumentReader.open(TestPdfs.page(14_400, 14_400), LIMITS)) {
      assertRejected(() -> reader.renderPage(0, 600), Reason.TOO_MANY_PIXELS, "page 1", "600 dpi");
      assertRejected(() -> reader.renderPage(0, 72), Reason.TOO_MANY_PIXELS, "14400 x 14400");
    }
  }

  @Test
  void anImageBombInsideAPdfIsRefusedAndNotDecoded() throws Exception {
    byte[] little = deflated(new byte[1000]);
    byte[] bomb = TestPdfs.imageObject(60_000, 60_000, COSName.FLATE_DECODE, little);
    try (DocumentReader reader = DocumentReader.open(bomb, LIMITS)) {
      assertRejected(
          () -> reader.renderPage(0, 72),
          Reason.TOO_MANY_PIXELS,
          "an image on page 1 of the PDF",
          "60000 x 60000");
    }
  }

  @Test
  void streamsThatUnpackToTooMuchAreRefusedBeforePdfboxUnpacksThem() throws Exception {
    MediaLimits small = new MediaLimits(1 << 16, 1 << 20, 2000, 10);
    byte[] spaces = new byte[300_000];
    Arrays.fill(spaces, (byte) ' ');
    byte[] once = TestPdfs.contentStream(deflated(spaces), COSName.FLATE_DECODE);
    assertThat(once.length).isLessThan(2000);
    assertRejected(
        () -> DocumentReader.open(once, small), Reason.TOO_MANY_BYTES, "262144", "a stream");
    byte[] twice =
        TestPdfs.contentStream(
            deflated(deflated(spaces)), COSName.FLATE_DECODE, COSName.FLATE_DECODE);
    assertRejected(
        () -> DocumentReader.open(twice, small), Reason.TOO_MANY_BYTES, "262144", "a stream");
    byte[] below = Arrays.copyOf(spaces, 250_000);
    byte[] accepted = TestPdfs.contentStream(deflated(below), COSName.FLATE_DECODE);
    try (DocumentReader reader = DocumentReader.open(accepted, small)) {
      assertThat(reader.renderPage(0, 72).rgb()).containsOnly(-1);
    }
    byte[][] many = new byte[20][];
    Arrays.fill(many, deflated(below));
    assertRejected(
        () -> DocumentReader.open(TestPdfs.contentStreams(many), small),
        Reason.TOO_MANY_BYTES,
        "4194304",
        "all streams");
  }

  @Test
  void aJpegThatIsLargerThanThePdfSaysIsMeasuredByItsOwnHeader() throws Exception {
    byte[] jpeg = TestImages.jpeg(TestImages.photo(300, 300, 4), false);
    byte[] pdf = TestPdfs.imageObject(10, 10, COSName.DCT_DECODE, jpeg);
    MediaLimits small = new MediaLimits(1 << 20, 250 * 250, 2000, 10);
    try (DocumentReader reader = DocumentReader.open(pdf, small)) {
      assertRejected(
          () -> reader.renderPage(0, 72), Reason.TOO_MANY_PIXELS, "a JPEG on page 1", "300 x 300");
    }
  }

  @Test
  void aPageWhoseImageCannotBeReadIsRefusedAndNotRenderedWithoutIt() throws Exception {
    byte[] jpeg2000 = TestPdfs.imageObject(10, 10, COSName.JPX_DECODE, new byte[100]);
    try (DocumentReader reader = DocumentReader.open(jpeg2000, LIMITS)) {
      assertRejected(() -> reader.renderPage(0, 72), Reason.UNSUPPORTED, "page 1", "not read");
    }
    byte[] jpeg = TestImages.jpeg(TestImages.photo(100, 100, 4), false);
    Arrays.fill(jpeg, 150, 400, (byte) 0xFF);
    byte[] broken = TestPdfs.imageObject(100, 100, COSName.DCT_DECODE, jpeg);
    try (DocumentReader reader = DocumentReader.open(broken, LIMITS)) {
      assertThatThrownBy(() -> reader.renderPage(0, 72)).isInstanceOf(MediaRejectedException.class);
    }
  }

  @Test
  void anImageThatLacksBytesIsNotDrawnHalf() throws Exception {
    byte[] third = deflated(new byte[100 * 100]);
    byte[] raw = TestPdfs.imageObject(100, 100, COSName.FLATE_DECODE, third);
    try (DocumentReader reader = DocumentReader.open(raw, LIMITS)) {
      assertRejected(
          () -> reader.renderPage(0, 72), Reason.TRUNCATED, "page 1", "10000 of its 30000 bytes");
    }
    byte[] jpeg = TestImages.jpeg(TestImages.photo(100, 100, 4), false);
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
    byte[] half = TestPdfs.imageObject(100, 100, COSName.DCT_DECODE, cut);
    try (DocumentReader reader = DocumentReader.open(half, LIMITS)) {
      assertRejected(() -> reader.renderPage(0, 72), Reason.TRUNCATED, "page 1", "JPEG");
    }
    byte[] whole = TestPdfs.imageObject(100, 100, COSName.DCT_DECODE, jpeg);
    try (DocumentReader reader = DocumentReader.open(whole, LIMITS)) {
      assertThat(reader.renderPage(0, 72).rgb()).isNotEmpty();
    }
  }

  @Test
  void aCutPdfIsRefusedWhereverItIsCut() throws Exception {
    byte[] whole = TestPdfs.scan(TestImages.photo(200, 100, 5));
    for (int part = 1; part < 16; part++) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 16);
      assertRejected(() -> DocumentReader.open(cut, LIMITS), Reason.TRUNCATED, "PDF");
    }
    byte[] onlyFrame = "%PDF-1.4\nnothing\n%%EOF".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertRejected(() -> DocumentReader.open(onlyFrame, LIMITS), Reason.CORRUPT, "PDF");
  }

  @Test
  void aTiffHasItsPagesAndAnImageHasOne() throws Exception {
    DecodedImage first = TestImages.photo(30, 20, 1);
    DecodedImage second = TestImages.photo(40, 10, 2);
    byte[] tiff =
        TestImages.tiff(
            List.of(
                TestImages.buffered(first, BufferedImage.TYPE_3BYTE_BGR),
                TestImages.buffered(second, BufferedImage.TYPE_3BYTE_BGR)),
            "Deflate");
    try (DocumentReader reader = DocumentReader.open(tiff, LIMITS)) {
      assertThat(reader.pageCount()).isEqualTo(2);
      assertThat(reader.renderPage(1, 72).rgb()).isEqualTo(second.rgb());
      assertThat(reader.renderPage(0, 300).rgb()).isEqualTo(first.rgb());
      assertThatThrownBy(() -> reader.renderPage(2, 72))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> reader.renderPage(0, 35))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("36 to 600");
    }
    try (DocumentReader reader = DocumentReader.open(PngEncoder.encode(first), LIMITS)) {
      assertThat(reader.pageCount()).isEqualTo(1);
      assertThat(reader.type()).isEqualTo(MediaType.PNG);
      assertThat(reader.renderPage(0, 72).rgb()).isEqualTo(first.rgb());
    }
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    byte[] out = new byte[bytes.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }
}
