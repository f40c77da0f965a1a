package dev.moonflow.training.data.render;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * PNG for drawn images: grey where all pixels are, no filter, deflate's fastest level. ImageIO's
 * encoder takes longer than all drawing of a line does, and drawn text gains nothing from filters.
 */
final class FastPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int GREY = 0;
  private static final int RGB = 2;

  private FastPng() {}

  /**
   * The file.
   *
   * @param pixels 0xRRGGBB, row by row
   */
  static byte[] encode(int[] pixels, int width, int height) {
    boolean grey = isGrey(pixels);
    ByteArrayOutputStream file = new ByteArrayOutputStream(pixels.length / 8 + 256);
    file.writeBytes(SIGNATURE);
    byte[] header = new byte[13];
    putInt(header, 0, width);
    putInt(header, 4, height);
    header[8] = 8;
    header[9] = (byte) (grey ? GREY : RGB);
    chunk(file, "IHDR", header, header.length);
    byte[] raw = grey ? greyRows(pixels, width, height) : rgbRows(pixels, width, height);
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    deflater.setInput(raw);
    deflater.finish();
    byte[] packed = new byte[raw.length / 4 + 1024];
    int length = 0;
    while (!deflater.finished()) {
      if (length == packed.length) {
        packed = java.util.Arrays.copyOf(packed, packed.length * 2);
      }
      length += deflater.deflate(packed, length, packed.length - length);
    }
    deflater.end();
    chunk(file, "IDAT", packed, length);
    chunk(file, "IEND", new byte[0], 0);
    return file.toByteArray();
  }

  private static boolean isGrey(int[] pixels) {
    for (int pixel : pixels) {
      int blue = pixel & 0xff;
      if ((pixel & 0xffffff) != blue * 0x010101) {
        return false;
      }
    }
    return true;
  }

  private static byte[] greyRows(int[] pixels, int width, int height) {
    byte[] rows = new byte[height * (width + 1)];
    for (int y = 0, from = 0, to = 0; y < height; y++) {
      to++; // filter 0
      for (int x = 0; x < width; x++) {
        rows[to++] = (byte) pixels[from++];
      }
    }
    return rows;
  }

  private static byte[] rgbRows(int[] pixels, int width, int height) {
    byte[] rows = new byte[height * (3 * width + 1)];
    for (int y = 0, from = 0, to = 0; y < height; y++) {
      to++; // filter 0
      for (int x = 0; x < width; x++) {
        int pixel = pixels[from++];
        rows[to++] = (byte) (pixel >> 16);
        rows[to++] = (byte) (pixel >> 8);
        rows[to++] = (byte) pixel;
      }
    }
    return rows;
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data, int length) {
    byte[] word = new byte[4];
    putInt(word, 0, length);
    file.writeBytes(word);
    byte[] name = type.getBytes(US_ASCII);
    file.writeBytes(name);
    file.write(data, 0, length);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data, 0, length);
    putInt(word, 0, (int) crc.getValue());
    file.writeBytes(word);
  }

  private static void putInt(byte[] target, int at, int value) {
    target[at] = (byte) (value >>> 24);
    target[at + 1] = (byte) (value >>> 16);
    target[at + 2] = (byte) (value >>> 8);
    target[at + 3] = (byte) value;
  }
}
