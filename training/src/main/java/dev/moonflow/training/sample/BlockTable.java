package dev.moonflow.training.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of a shard: how many examples each holds, how long it is and its CRC-32. Written as
 * text in the shard's header, {@code records,bytes,crc32-in-hexadecimal;...}.
 */
final class BlockTable {
  /** One block; offsets count from the end of the header. */
  record Block(long firstRecord, int records, long offset, int bytes, int crc32) {}

  private final List<Block> blocks = new ArrayList<>();
  private long records;
  private long bytes;

  void add(int blockRecords, int blockBytes, int crc32) {
    blocks.add(new Block(records, blockRecords, bytes, blockBytes, crc32));
    records += blockRecords;
    bytes += blockBytes;
  }

  /** Examples in all blocks. */
  long records() {
    return records;
  }

  /** Length of all blocks. */
  long bytes() {
    return bytes;
  }

  /** The block that holds an example. */
  Block holding(long record) {
    int low = 0;
    int high = blocks.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (blocks.get(middle).firstRecord() <= record) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return blocks.get(low);
  }

  String write() {
    StringBuilder text = new StringBuilder();
    for (Block block : blocks) {
      text.append(block.records()).append(',').append(block.bytes()).append(',');
      text.append(Integer.toHexString(block.crc32())).append(';');
    }
    return text.toString();
  }

  /**
   * The table of a header.
   *
   * @throws IllegalArgumentException if the text is not one
   */
  static BlockTable read(String text) {
    BlockTable table = new BlockTable();
    if (text.isEmpty()) {
      return table;
    }
    for (String entry : text.split(";")) {
      String[] fields = entry.split(",");
      if (fields.length != 3) {
        throw new IllegalArgumentException("block table entry \"" + entry + "\"");
      }
      int records = Integer.parseInt(fields[0]);
      int bytes = Integer.parseInt(fields[1]);
      if (records < 1 || bytes < 1) {
        throw new IllegalArgumentException("block table entry \"" + entry + "\"");
      }
      table.add(records, bytes, Integer.parseUnsignedInt(fields[2], 16));
    }
    return table;
  }
}
