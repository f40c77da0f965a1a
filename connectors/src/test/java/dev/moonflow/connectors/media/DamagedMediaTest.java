package dev.moonflow.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Damaged files of every kind either give an image or are rejected. Nothing else may come out of a
 * decoder: what is not a rejection would stop the job.
 */
class DamagedMediaTest {
  private static final int ROUNDS = Integer.getInteger("moonflow.damage.rounds", 60);
  private static final MediaLimits LIMITS = new MediaLimits(1 << 20, 4_000_000, 4_000, 50);

  @Test
  void damagedFilesAreReadOrRejectedAndNothingElse() throws Exception {
    long seed = System.nanoTime();
    System.out.println("DamagedMediaTest seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      int rejected = 0;
      for (int round = 0; round < ROUNDS; round++) {
        byte[] damaged = damage(file.getValue(), random);
        try (DocumentReader reader = DocumentReader.open(damaged, LIMITS)) {
          for (int page = 0; page < reader.pageCount(); page++) {
            assertThat(reader.renderPage(page, 72).rgb()).isNotEmpty();
          }
        } catch (MediaRejectedException e) {
          rejected++;
          assertThat(e.getMessage())
              .as("%s, round %d, seed %d", file.getKey(), round, seed)
              .isNotBlank();
        }
      }
      assertThat(rejected).as(file.getKey()).isPositive();
    }
  }

  private static Map<String, byte[]> files() throws Exception {
    DecodedImage photo = TestImages.photo(60, 40, 1);
    BufferedImage image = TestImages.buffered(photo, BufferedImage.TYPE_3BYTE_BGR);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("png", PngEncoder.encode(photo));
    files.put("jpeg", TestImages.jpeg(photo, false));
    files.put("progressive jpeg", TestImages.jpeg(photo, true));
    files.put("tiff", TestImages.tiff(List.of(image, image), "LZW"));
    files.put("webp", TestImages.webp(photo, true));
    files.put("lossy webp", TestImages.webp(photo, false));
    files.put("gif", TestImages.encode(image, "gif"));
    files.put("bmp", TestImages.encode(image, "bmp"));
    files.put("pdf", TestPdfs.scan(photo));
    return files;
  }

  /** A few bytes changed, mostly near the beginning where the structure is, or the end cut off. */
  private static byte[] damage(byte[] file, SplittableRandom random) {
    byte[] damaged =
        random.nextInt(4) == 0
            ? java.util.Arrays.copyOf(file, 1 + random.nextInt(file.length))
            : file.clone();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      int range = random.nextBoolean() ? Math.min(200, damaged.length) : damaged.length;
      damaged[random.nextInt(range)] = (byte) random.nextInt();
    }
    return damaged;
  }
}
