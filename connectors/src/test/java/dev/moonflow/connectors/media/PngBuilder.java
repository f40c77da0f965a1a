package dev.moonflow.connectors.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** PNG files chunk by chunk, also such as no writer would make. */
public final class PngBuilder {
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  /** A file that has its signature and its header; colour types as in the PNG specification. */
  public PngBuilder(int width, int height, int bits, int colorType) {
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    byte[] header = new byte[13];
    java.nio.ByteBuffer.wrap(header)
        .putInt(width)
        .putInt(height)
        .put((byte) bits)
        .put((byte) colorType);
    chunk("IHDR", header);
  }

  /** Adds a chunk with its checksum. */
  public PngBuilder chunk(String type, byte[] data) {
    CRC32 crc = new CRC32();
    crc.update(type.getBytes(US_ASCII));
    crc.update(data);
    try (DataOutputStream out = new DataOutputStream(file)) {
      out.writeInt(data.length);
      out.write(type.getBytes(US_ASCII));
      out.write(data);
      out.writeInt((int) crc.getValue());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Adds the pixels: each row begins with its filter, which is 0 here. */
  public PngBuilder pixels(byte[][] rows) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
      for (byte[] row : rows) {
        out.write(0);
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunk("IDAT", packed.toByteArray());
  }

  /** The finished file. */
  public byte[] build() {
    return chunk("IEND", new byte[0]).file.toByteArray();
  }
}
