package dev.moonflow.jobs.fuzz;

import dev.moonflow.connectors.media.ImageHeader;
import dev.moonflow.connectors.media.ImageReader;
import dev.moonflow.connectors.media.MediaLimits;
import dev.moonflow.connectors.media.MediaRejectedException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Image files: headers, and pixels within limits. */
final class ImageTargets {
  /** Small limits, so that what is allocated for what is allowed does not hide anything. */
  static final MediaLimits LIMITS = new MediaLimits(1 << 20, 250_000, 2_000, 8);

  /** Samples of 16 bits, with alpha, and a copy or two of them. */
  private static final long PIXEL_BYTES = 40;

  static final FuzzTarget.Allocation ALLOCATION =
      new FuzzTarget.Allocation((8L << 20) + LIMITS.pixelsMax() * PIXEL_BYTES, 64);

  /** Every page may have as many pixels. */
  private static final FuzzTarget.Allocation OF_PAGES =
      new FuzzTarget.Allocation(
          (8L << 20) + LIMITS.pagesMax() * LIMITS.pixelsMax() * PIXEL_BYTES, 64);

  /**
   * The library's decoder takes more than pixels: 283 MB were seen for a few hundred bytes. Nothing
   * of ours can bound it before it decodes; where memory ends, the file is refused.
   */
  private static final FuzzTarget.Allocation OF_WEBP = new FuzzTarget.Allocation(1L << 30, 64);

  private static final int PNG_SIGNATURE = 8;
  private static final int PNG_CHUNK = 12;

  /** WebP files of 9 x 7 pixels, without loss and with; nothing at hand writes them. */
  private static final List<String> WEBP =
      List.of(
          "UklGRlABAABXRUJQVlA4TEQBAAAvCcABAH/iNrbtJkJ47yMNERVQAf0PXRB6b3b//5LacBvbtlKdJ7hrSEYBDCXRtafO"
              + "d5fLNgCAJNJgtx7g5v8feEpt3VLzHyGaDlxBbbkjoG6A87CQCsSA52L9njMOJMdBXhAgw2SXT5UqAOqpqc3Qgf1+"
              + "ggHfIaGXLsA0RYx0FP3bu4HBgHD1YWo5B5p1+cFRMxuICeGDT30cENxeFJ7rjT7Kj19kHorSVsMm3/fFIaGU4uwn"
              + "Swkt3wJKNxFlc5JBOZ0MZulskZ8eAUIdWR8H2AfTf9BfZPQfcf2tcgPYT9JuWmpJptCG/8ZdV30Rq6vE8a216MBh"
              + "AABkGp9t22a27SL6H2DthGnVtL/NfS/mmprI4xcO6cz5Yvk7kj5118X81sO8MB08lqvn8PCmPsFocuSkNYoh5lcx"
              + "CnZGbP9elJWuHQM=",
          "UklGRpIAAABXRUJQVlA4IIYAAACQAgCdASoKAAgAAMASJbACdLoB+AADUznES2zSAAD+/h4fTYluo+GDTXvl9TbHMNqS"
              + "vjuRn/Bii3NWw8+3rdhWM6CRmexC2S2T8N1vimPraUzJUHq7Vbtemm+0zcSFP/zCDxHVXppYwhKVmflL/7nnF/yu"
              + "68av/f70Pv7R+XHMrYn4eAAAAA==");

  private ImageTargets() {}

  static void addTo(Map<String, FuzzTargets.Maker> makers) {
    makers.put("png", () -> target("png", written("png"), ImageTargets::withPngChecksums));
    makers.put("jpeg", () -> target("jpeg", List.of(encode("jpeg", colour())), bytes -> bytes));
    makers.put("gif", () -> target("gif", written("gif"), bytes -> bytes));
    makers.put("bmp", () -> target("bmp", written("bmp"), bytes -> bytes));
    makers.put("tiff", () -> target("tiff", written("tiff"), bytes -> bytes));
    makers.put(
        "webp",
        () -> target("webp", WEBP.stream().map(Base64.getDecoder()::decode).toList(), b -> b));
  }

  private static FuzzTarget target(
      String name, List<byte[]> seeds, java.util.function.UnaryOperator<byte[]> mend) {
    return new FuzzTarget(
        name,
        seeds,
        FuzzTargets.words(
            "IHDR",
            "PLTE",
            "IDAT",
            "IEND",
            "tRNS",
            "iCCP",
            "zTXt",
            "Exif\0\0",
            "JFIF",
            "VP8X",
            "ALPH",
            "ANIM",
            "RIFF",
            "GIF89a",
            "II*\0",
            "MM\0*"),
        false,
        mend,
        Set.of(MediaRejectedException.class),
        allocation(name),
        ImageTargets::parse);
  }

  private static FuzzTarget.Allocation allocation(String name) {
    return switch (name) {
      case "tiff" -> OF_PAGES;
      case "webp" -> OF_WEBP;
      default -> ALLOCATION;
    };
  }

  static void parse(byte[] bytes) throws MediaRejectedException {
    ImageHeader header = ImageReader.header(bytes);
    for (int page = 0; page < Math.min(header.pages(), LIMITS.pagesMax()); page++) {
      ImageReader.decode(bytes, page, LIMITS);
    }
  }

  /** One file of colours, one of grays and one with a palette. */
  static List<byte[]> written(String format) throws IOException {
    BufferedImage gray = new BufferedImage(11, 9, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage indexed = new BufferedImage(10, 12, BufferedImage.TYPE_BYTE_INDEXED);
    for (BufferedImage image : List.of(gray, indexed)) {
      draw(image);
    }
    List<byte[]> files = new ArrayList<>();
    for (BufferedImage image : List.of(colour(), gray, indexed)) {
      files.add(encode(format, image));
    }
    return files;
  }

  static BufferedImage colour() {
    BufferedImage image = new BufferedImage(17, 13, BufferedImage.TYPE_INT_RGB);
    draw(image);
    return image;
  }

  private static void draw(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        graphics.setColor(new Color(x * 13 % 256, y * 29 % 256, (x * y * 7 + x) % 256));
        graphics.fillRect(x, y, 1, 1);
      }
    }
    graphics.dispose();
  }

  static byte[] encode(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IOException("nothing at hand writes " + format);
    }
    return bytes.toByteArray();
  }

  /** The checksum of every chunk as far as chunks can be followed. */
  private static byte[] withPngChecksums(byte[] bytes) {
    byte[] mended = bytes.clone();
    ByteBuffer file = ByteBuffer.wrap(mended);
    int at = PNG_SIGNATURE;
    while (at + PNG_CHUNK <= mended.length) {
      int length = file.getInt(at);
      if (length < 0 || length > mended.length - at - PNG_CHUNK) {
        return mended;
      }
      CRC32 checksum = new CRC32();
      checksum.update(mended, at + 4, length + 4);
      file.putInt(at + 8 + length, (int) checksum.getValue());
      at += PNG_CHUNK + length;
    }
    return mended;
  }
}
