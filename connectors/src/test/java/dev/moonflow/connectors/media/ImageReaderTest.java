package dev.moonflow.connectors.media;

import static dev.moonflow.connectors.media.Rejections.assertRejected;
import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.awt.image.BufferedImage.TYPE_4BYTE_ABGR;
import static java.awt.image.BufferedImage.TYPE_BYTE_BINARY;
import static java.awt.image.BufferedImage.TYPE_BYTE_GRAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReaderTest {
  private static final MediaLimits LIMITS = MediaLimits.DEFAULT;
  private static final DecodedImage PHOTO = TestImages.photo(98, 62, 1);

  @Test
  void goldenPngsGiveExactlyTheirStoredSamples() throws Exception {
    Path golden = Path.of(System.getProperty("moonflow.golden.dir"));
    JsonNode cases =
        new ObjectMapper()
            .readTree(golden.resolve("preprocess/default_config_cases.json").toFile());
    assertThat(cases.size()).isGreaterThan(5);
    for (JsonNode each : cases) {
      String name = each.get("image").asText();
      DecodedImage image =
          ImageReader.decode(Files.readAllBytes(golden.resolve("images").resolve(name)), LIMITS);
      assertThat(image.width()).as(name).isEqualTo(each.get("width").asInt());
      assertThat(image.height()).as(name).isEqualTo(each.get("height").asInt());
      String hash =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(image.rgb()));
      assertThat(hash).as(name).isEqualTo(each.get("raw_rgb_sha256").asText());
    }
  }

  @Test
  void whatTheEncoderWritesTheDecoderReadsBackBitForBit() throws Exception {
    for (int[] size : new int[][] {{1, 1}, {1, 200}, {200, 1}, {97, 61}}) {
      DecodedImage image = TestImages.photo(size[0], size[1], 7);
      byte[] png = PngEncoder.encode(image);
      assertThat(PngEncoder.encode(image)).isEqualTo(png);
      assertThat(ImageReader.decode(png, LIMITS).rgb()).isEqualTo(image.rgb());
      assertThat(ImageReader.header(png))
          .isEqualTo(new ImageHeader(MediaType.PNG, size[0], size[1], 1));
    }
  }

  @Test
  void pngVariantsFollowTheRulesOfRgbSamples() throws Exception {
    byte[] grey8 = new PngBuilder(3, 1, 8, 0).pixels(new byte[][] {{0, 100, (byte) 200}}).build();
    assertPixels(grey8, 0, 0, 0, 100, 100, 100, 200, 200, 200);
    byte[] grey16 =
        new PngBuilder(2, 1, 16, 0)
            .pixels(new byte[][] {{0x12, (byte) 0xFF, (byte) 0xFE, 0}})
            .build();
    assertPixels(grey16, 0x12, 0x12, 0x12, 0xFE, 0xFE, 0xFE);
    byte[] rgb16 =
        new PngBuilder(1, 1, 16, 2).pixels(new byte[][] {{1, 99, 2, 99, 3, (byte) 0xFF}}).build();
    assertPixels(rgb16, 1, 2, 3);
    byte[] grey1 = new PngBuilder(3, 1, 1, 0).pixels(new byte[][] {{(byte) 0b1010_0000}}).build();
    assertPixels(grey1, 255, 255, 255, 0, 0, 0, 255, 255, 255);
    byte[] grey4 = new PngBuilder(2, 1, 4, 0).pixels(new byte[][] {{(byte) 0x3F}}).build();
    assertPixels(grey4, 51, 51, 51, 255, 255, 255);
    byte[] greyAlpha = new PngBuilder(2, 1, 8, 4).pixels(new byte[][] {{50, 0, 60, 1}}).build();
    assertPixels(greyAlpha, 50, 50, 50, 60, 60, 60);
    byte[] rgba = new PngBuilder(1, 1, 8, 6).pixels(new byte[][] {{10, 20, 30, 0}}).build();
    assertPixels(rgba, 10, 20, 30);
    byte[] palette =
        new PngBuilder(2, 1, 8, 3)
            .chunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6})
            .chunk("tRNS", new byte[] {0, (byte) 128})
            .pixels(new byte[][] {{1, 0}})
            .build();
    assertPixels(palette, 4, 5, 6, 1, 2, 3);
    byte[] withGamma =
        new PngBuilder(1, 1, 8, 2)
            .chunk("gAMA", new byte[] {0, 0, (byte) 0xB1, (byte) 0x8F})
            .chunk("sRGB", new byte[] {0})
            .pixels(new byte[][] {{10, 20, 30}})
            .build();
    assertPixels(withGamma, 10, 20, 30);
  }

  private static void assertPixels(byte[] file, int... expected) throws Exception {
    byte[] rgb = ImageReader.decode(file, LIMITS).rgb();
    assertThat(IntStream.range(0, rgb.length).map(i -> rgb[i] & 0xFF).toArray())
        .isEqualTo(expected);
  }

  @Test
  void aPngThatClaimsSixtyThousandPixelsASideIsRefusedFromItsHeader() throws Exception {
    byte[] bomb = new PngBuilder(60_000, 60_000, 8, 2).pixels(new byte[][] {{1, 2, 3}}).build();
    assertThat(ImageReader.header(bomb))
        .isEqualTo(new ImageHeader(MediaType.PNG, 60_000, 60_000, 1));
    assertRejected(
        () -> ImageReader.decode(bomb, LIMITS), Reason.TOO_MANY_PIXELS, "60000 x 60000", "20000");
    MediaLimits wide = new MediaLimits(1 << 20, 50_000_000, 100_000, 1);
    assertRejected(
        () -> ImageReader.decode(bomb, wide), Reason.TOO_MANY_PIXELS, "60000 x 60000", "50000000");
  }

  @Test
  void aFileOfMoreBytesThanAllowedIsRefused() {
    byte[] png = PngEncoder.encode(PHOTO);
    MediaLimits small = new MediaLimits(100, 1000, 1000, 1);
    assertRejected(() -> ImageReader.decode(png, small), Reason.TOO_MANY_BYTES, "100");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aJpegCutAnywhereIsRefusedAndAWholeOneIsRead(boolean progressive) throws Exception {
    byte[] jpeg = TestImages.jpeg(PHOTO, progressive);
    DecodedImage whole = ImageReader.decode(jpeg, LIMITS);
    assertThat(meanDifference(whole, PHOTO)).isLessThan(12);
    for (int length = 4; length < jpeg.length - 3; length += 37) {
      byte[] cut = java.util.Arrays.copyOf(jpeg, length);
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() -> ImageReader.decode(cut, LIMITS)))
          .as("cut at %d of %d", length, jpeg.length)
          .isInstanceOf(MediaRejectedException.class);
    }
    byte[] half = java.util.Arrays.copyOf(jpeg, jpeg.length * 2 / 3);
    assertRejected(() -> ImageReader.decode(half, LIMITS), Reason.TRUNCATED, "JPEG");
  }

  @Test
  void greyAndCmykJpegsAreRead() throws Exception {
    byte[] grey = TestImages.encode(TestImages.buffered(PHOTO, TYPE_BYTE_GRAY), "jpeg");
    DecodedImage image = ImageReader.decode(grey, LIMITS);
    assertThat(image.rgb()[0]).isEqualTo(image.rgb()[1]).isEqualTo(image.rgb()[2]);
    DecodedImage cmyk = ImageReader.decode(CmykJpeg.of(40, 30, 0, 255, 255, 0), LIMITS);
    assertThat(cmyk.rgb()[0] & 0xFF).as("red").isGreaterThan(180);
    assertThat(cmyk.rgb()[1] & 0xFF).as("green").isLessThan(90);
    assertThat(cmyk.rgb()[2] & 0xFF).as("blue").isLessThan(90);
  }

  @Test
  void theOtherFormatsGiveTheirSamplesAndAreRefusedWhenCut() throws Exception {
    BufferedImage rgb = TestImages.buffered(PHOTO, TYPE_3BYTE_BGR);
    assertExactAndCuttable(TestImages.encode(rgb, "bmp"), MediaType.BMP);
    for (String compression : List.of("None", "LZW", "Deflate", "PackBits")) {
      assertExactAndCuttable(TestImages.tiff(List.of(rgb), compression), MediaType.TIFF);
    }
    assertExactAndCuttable(TestImages.webp(PHOTO, true), MediaType.WEBP);
    byte[] lossy = TestImages.webp(PHOTO, false);
    assertThat(meanDifference(ImageReader.decode(lossy, LIMITS), PHOTO)).isLessThan(20);
    assertCuttable(lossy);
    BufferedImage palette =
        TestImages.buffered(
            new DecodedImage(2, 1, new byte[] {-1, 0, 0, 0, -1, 0}), TYPE_3BYTE_BGR);
    assertPixels(TestImages.encode(palette, "gif"), 255, 0, 0, 0, 255, 0);
    assertCuttable(TestImages.encode(rgb, "gif"));
  }

  private static void assertExactAndCuttable(byte[] file, MediaType type) throws Exception {
    assertThat(ImageReader.header(file)).isEqualTo(new ImageHeader(type, 98, 62, 1));
    assertThat(ImageReader.decode(file, LIMITS).rgb()).as(type.name()).isEqualTo(PHOTO.rgb());
    assertCuttable(file);
  }

  private static void assertCuttable(byte[] file) {
    for (int part = 1; part < 8; part++) {
      byte[] cut = java.util.Arrays.copyOf(file, Math.max(1, file.length * part / 8));
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() -> ImageReader.decode(cut, LIMITS)))
          .as("cut at %d of %d", cut.length, file.length)
          .isInstanceOf(MediaRejectedException.class);
    }
  }

  @Test
  void tiffVariantsAndPagesAreRead() throws Exception {
    BufferedImage first = TestImages.buffered(PHOTO, TYPE_3BYTE_BGR);
    BufferedImage second = TestImages.buffered(TestImages.photo(30, 20, 2), TYPE_4BYTE_ABGR);
    byte[] file = TestImages.tiff(List.of(first, second), "LZW");
    assertThat(ImageReader.header(file)).isEqualTo(new ImageHeader(MediaType.TIFF, 98, 62, 2));
    assertThat(ImageReader.decode(file, 1, LIMITS).rgb())
        .isEqualTo(TestImages.photo(30, 20, 2).rgb());
    assertRejected(() -> ImageReader.decode(file, 2, LIMITS), Reason.UNSUPPORTED, "page 2");
    MediaLimits onePage = new MediaLimits(1 << 20, 1 << 20, 1000, 1);
    assertRejected(() -> ImageReader.decode(file, 0, onePage), Reason.TOO_MANY_PAGES, "2 pages");
    BufferedImage fax = TestImages.buffered(PHOTO, TYPE_BYTE_BINARY);
    DecodedImage read = ImageReader.decode(TestImages.tiff(List.of(fax), "CCITT T.6"), LIMITS);
    assertThat(read.rgb()).isEqualTo(RgbSamples.of(fax).rgb());
    assertThat(read.rgb()).containsOnly(0, -1);
  }

  @Test
  void aTiffWhoseTilesAreFarLargerThanItsImageIsRefused() throws Exception {
    byte[] tiff = TestTiffs.tiled(10, 10, 60_000, 60_000);
    assertThat(ImageReader.header(tiff)).isEqualTo(new ImageHeader(MediaType.TIFF, 10, 10, 1));
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() -> ImageReader.decode(tiff, LIMITS)))
        .isInstanceOf(MediaRejectedException.class);
  }

  @Test
  void aTiffWhosePagesFormACircleHasEachOfThemOnce() throws Exception {
    try (DocumentReader reader = DocumentReader.open(TestTiffs.circle(), LIMITS)) {
      assertThat(reader.pageCount()).isEqualTo(1);
    }
  }

  @Test
  void foreignFilesAreRefused() {
    assertRejected(() -> ImageReader.header(new byte[0]), Reason.EMPTY, "no bytes");
    assertRejected(
        () -> ImageReader.header("%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
        Reason.UNSUPPORTED,
        "PDF",
        "documents");
  }

  @Test
  void threadsThatDecodeAtOnceDoNotDisturbEachOther() throws Exception {
    List<byte[]> files =
        List.of(
            PngEncoder.encode(PHOTO),
            TestImages.jpeg(PHOTO, false),
            TestImages.jpeg(PHOTO, true),
            TestImages.webp(PHOTO, true));
    List<byte[]> alone = new ArrayList<>();
    for (byte[] file : files) {
      alone.add(ImageReader.decode(file, LIMITS).rgb());
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<byte[]>> together = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        byte[] file = files.get(i % files.size());
        together.add(threads.submit(() -> ImageReader.decode(file, LIMITS).rgb()));
      }
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % files.size()));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static double meanDifference(DecodedImage a, DecodedImage b) {
    return IntStream.range(0, a.rgb().length)
        .map(i -> Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)))
        .average()
        .orElseThrow();
  }
}
