package dev.moonflow.connectors.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * PNGs of the plainest kind, 8-bit grey or RGB without interlacing, read and written without
 * ImageIO, which takes longer to set up than a line of text takes to read. Reading leaves every
 * other kind, and every file that is broken in any way, to ImageIO; the samples are the same.
 *
 * <pre>
 *   signature | IHDR | chunks that are passed over | IDAT ... IDAT | chunks | IEND
 *   rows: a filter byte, then width * channels samples
 * </pre>
 */
final class PlainPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int CHUNK_BYTES = 12; // length, type and checksum
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int NONE = 0;
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int AVERAGE = 3;
  private static final int PAETH = 4;

  private PlainPng() {}

  /**
   * Reads a file whose chunks are whole ({@link PngIntegrity}).
   *
   * @return empty where ImageIO is to look at it
   * @throws MediaRejectedException if it has too many pixels; none is unpacked then
   */
  static Optional<DecodedImage> read(byte[] png, MediaLimits limits) throws MediaRejectedException {
    ByteBuffer file = ByteBuffer.wrap(png);
    int at = SIGNATURE.length;
    if (png.length < at + CHUNK_BYTES + 13 || file.getInt(at + 4) != type("IHDR")) {
      return Optional.empty();
    }
    int width = file.getInt(at + 8);
    int height = file.getInt(at + 12);
    int color = png[at + 17];
    boolean plain =
        png[at + 16] == 8
            && (color == GREY || color == RGB)
            && png[at + 18] == 0
            && png[at + 19] == 0
            && png[at + 20] == 0;
    if (!plain || width < 1 || height < 1) {
      return Optional.empty();
    }
    LimitChecks.pixels("the image", width, height, limits);
    Rows rows = new Rows(width, height, color == GREY ? 1 : 3);
    Inflater inflater = new Inflater();
    try {
      at += CHUNK_BYTES + file.getInt(at);
      for (int type = file.getInt(at + 4); type != type("IEND"); type = file.getInt(at + 4)) {
        int length = file.getInt(at);
        if (type == type("IDAT")) {
          inflater.setInput(png, at + 8, length);
          rows.take(inflater);
        } else if (type == type("tRNS") || (type >>> 24 & 0x20) == 0) {
          return Optional.empty(); // transparency, or a chunk without which nothing can be read
        }
        at += CHUNK_BYTES + length;
      }
      return rows.complete(inflater)
          ? Optional.of(new DecodedImage(width, height, rows.rgb))
          : Optional.empty();
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static int type(String name) {
    return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).getInt();
  }

  /** Unpacks rows as their bytes come. */
  private static final class Rows {
    final byte[] rgb;
    private final int width;
    private final int height;
    private final int channels;
    private byte[] row; // filter byte and samples, as stored
    private byte[] above;
    private int filled;
    private int y;

    Rows(int width, int height, int channels) {
      this.width = width;
      this.height = height;
      this.channels = channels;
      rgb = new byte[Math.multiplyExact(Math.multiplyExact(3, width), height)];
      row = new byte[1 + width * channels];
      above = new byte[row.length];
    }

    void take(Inflater inflater) throws DataFormatException {
      while (y < height) {
        int got = inflater.inflate(row, filled, row.length - filled);
        filled += got;
        if (filled < row.length) {
          if (inflater.needsInput() || inflater.finished() || inflater.needsDictionary()) {
            return;
          }
          continue;
        }
        unfilter(row, above, channels);
        store();
        byte[] next = above;
        above = row;
        row = next;
        filled = 0;
        y++;
      }
    }

    /** Whether all rows came, and after them the end with its checksum. */
    boolean complete(Inflater inflater) throws DataFormatException {
      return y == height && inflater.inflate(new byte[1]) == 0 && inflater.finished();
    }

    private void store() {
      int out = y * width * 3;
      if (channels == 3) {
        System.arraycopy(row, 1, rgb, out, width * 3);
        return;
      }
      for (int x = 1; x <= width; x++, out += 3) {
        byte grey = row[x];
        rgb[out] = grey;
        rgb[out + 1] = grey;
        rgb[out + 2] = grey;
      }
    }
  }

  private static void unfilter(byte[] row, byte[] above, int step) throws DataFormatException {
    int end = row.length;
    switch (row[0]) {
      case NONE -> {}
      case SUB -> {
        for (int i = 1 + step; i < end; i++) {
          row[i] += row[i - step];
        }
      }
      case UP -> {
        for (int i = 1; i < end; i++) {
          row[i] += above[i];
        }
      }
      case AVERAGE -> {
        for (int i = 1; i < end; i++) {
          int left = i > step ? row[i - step] & 0xff : 0;
          row[i] += (byte) ((left + (above[i] & 0xff)) / 2);
        }
      }
      case PAETH -> {
        for (int i = 1; i < Math.min(end, 1 + step); i++) {
          row[i] += above[i];
        }
        for (int i = 1 + step; i < end; i++) {
          row[i] += (byte) paeth(row[i - step] & 0xff, above[i] & 0xff, above[i - step] & 0xff);
        }
      }
      default -> throw new DataFormatException("filter " + row[0]);
    }
  }

  private static int paeth(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }

  /** Writes an image without compressing it: as grey where every sample is, else as RGB. */
  static byte[] write(DecodedImage image) {
    boolean grey = isGrey(image.rgb());
    int rowBytes = 1 + image.width() * (grey ? 1 : 3);
    byte[] rows = new byte[Math.multiplyExact(rowBytes, image.height())];
    for (int y = 0, from = 0; y < image.height(); y++) {
      int to = y * rowBytes + 1; // filter byte: none
      if (grey) {
        for (int x = 0; x < image.width(); x++, from += 3) {
          rows[to + x] = image.rgb()[from];
        }
      } else {
        System.arraycopy(image.rgb(), from, rows, to, rowBytes - 1);
        from += rowBytes - 1;
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream(rows.length + 128);
    png.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(image.width()).putInt(image.height());
    header.put((byte) 8).put((byte) (grey ? GREY : RGB));
    chunk("IHDR", header.array(), header.capacity(), png);
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    deflater.setInput(rows);
    deflater.finish();
    byte[] packed = new byte[rows.length + rows.length / 1000 + 128];
    int length = 0;
    while (!deflater.finished()) {
      length += deflater.deflate(packed, length, packed.length - length);
      if (length == packed.length) {
        packed = java.util.Arrays.copyOf(packed, 2 * length);
      }
    }
    deflater.end();
    chunk("IDAT", packed, length, png);
    chunk("IEND", new byte[0], 0, png);
    return png.toByteArray();
  }

  private static boolean isGrey(byte[] rgb) {
    for (int i = 0; i < rgb.length; i += 3) {
      if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
        return false;
      }
    }
    return true;
  }

  private static void chunk(String name, byte[] bytes, int length, ByteArrayOutputStream png) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(bytes, 0, length);
    png.writeBytes(ByteBuffer.allocate(8).putInt(length).put(type).array());
    png.write(bytes, 0, length);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
