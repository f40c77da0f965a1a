package dev.moonflow.connectors.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** TIFFs tag by tag, such as no writer would make. */
final class TestTiffs {
  private static final int HEADER_BYTES = 8;
  private static final int ENTRY_BYTES = 12;
  private static final int LONG = 4;

  private TestTiffs() {}

  /** A grey image in one tile of another size. */
  static byte[] tiled(int width, int height, int tileWidth, int tileHeight) {
    int[][] tags = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 1},
      {262, 1},
      {277, 1},
      {322, tileWidth},
      {323, tileHeight},
      {324, 8},
      {325, 100}
    };
    return file(tags, 0);
  }

  /** A page that says that it is followed by itself. */
  static byte[] circle() {
    int[][] tags = {
      {256, 4}, {257, 4}, {258, 8}, {259, 1}, {262, 1}, {273, 8}, {277, 1}, {278, 4}, {279, 16}
    };
    return file(tags, HEADER_BYTES);
  }

  private static byte[] file(int[][] tags, int nextPage) {
    int length = HEADER_BYTES + 2 + tags.length * ENTRY_BYTES + 4 + 100;
    ByteBuffer tiff = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(HEADER_BYTES);
    tiff.putShort((short) tags.length);
    for (int[] tag : tags) {
      tiff.putShort((short) tag[0]).putShort((short) LONG).putInt(1).putInt(tag[1]);
    }
    return tiff.putInt(nextPage).array();
  }
}
