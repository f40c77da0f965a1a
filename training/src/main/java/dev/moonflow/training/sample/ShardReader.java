package dev.moonflow.training.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.schemas.TrainingSample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Reads one shard from any example on. Every block is checked against its CRC-32 before anything of
 * it is used. Keeps one decoded block; not thread-safe.
 */
public final class ShardReader implements Iterable<Sample>, AutoCloseable {
  static final String RECORDS_KEY = "moonflow.records";
  static final String BLOCKS_KEY = "moonflow.blocks";
  static final String CRC_KEY = "moonflow.header-crc32";

  private final Path file;
  private final FileChannel channel;
  private final long headerBytes;
  private final BlockTable table;
  private final SpecificDatumReader<TrainingSample> records;
  private BlockTable.Block decoded;
  private List<Sample> samples = List.of();

  /**
   * Opens a shard and checks its header and length.
   *
   * @throws SampleException naming the file and what is wrong with it
   */
  public ShardReader(Path file) {
    this.file = file;
    Header header = header(file);
    this.headerBytes = header.bytes;
    this.table = header.table;
    this.records = SampleCodec.reader(header.schema);
    try {
      this.channel = FileChannel.open(file);
    } catch (IOException e) {
      throw new SampleException("shard " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private record Header(Schema schema, long bytes, BlockTable table) {}

  private static Header header(Path file) {
    try (DataFileReader<Object> avro =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
      String blocks = avro.getMetaString(BLOCKS_KEY);
      if (blocks == null
          || !avro.getSchema().getFullName().equals(SampleCodec.SCHEMA.getFullName())) {
        throw new SampleException(
            "shard " + file + " is an Avro file, but not one of training examples");
      }
      BlockTable table = BlockTable.read(blocks);
      long bytes = avro.previousSync();
      long size = Files.size(file);
      String schema = avro.getMetaString(DataFileConstants.SCHEMA);
      if (table.records() != avro.getMetaLong(RECORDS_KEY)
          || !headerCrc(schema, blocks).equals(avro.getMetaString(CRC_KEY))) {
        throw new SampleException("shard " + file + " is damaged in its header");
      }
      if (size != bytes + table.bytes()) {
        throw new SampleException(
            "shard %s is %s: it has %d bytes and must have %d"
                .formatted(
                    file,
                    size < bytes + table.bytes() ? "cut short" : "too long",
                    size,
                    bytes + table.bytes()));
      }
      return new Header(avro.getSchema(), bytes, table);
    } catch (NoSuchFileException | java.io.FileNotFoundException e) {
      throw new SampleException("shard " + file + " does not exist", e);
    } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
      throw new SampleException(
          "shard "
              + file
              + " is damaged or cut short in its header, within the first bytes of the"
              + " file: "
              + e.getMessage(),
          e);
    }
  }

  /** CRC-32 of schema and block table, in hexadecimal. */
  static String headerCrc(String schema, String blocks) {
    CRC32 crc = new CRC32();
    crc.update((schema + "\n" + blocks).getBytes(UTF_8));
    return Long.toHexString(crc.getValue());
  }

  /** Examples in the shard. */
  public long size() {
    return table.records();
  }

  /**
   * One example; cheap when its block was read last.
   *
   * @param index from 0
   * @throws SampleException naming file and offset if the block is damaged
   */
  public Sample get(long index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("example " + index + " of " + size() + " in " + file);
    }
    BlockTable.Block block = table.holding(index);
    if (!block.equals(decoded)) {
      samples = decode(block);
      decoded = block;
    }
    return samples.get((int) (index - block.firstRecord()));
  }

  private List<Sample> decode(BlockTable.Block block) {
    long offset = headerBytes + block.offset();
    byte[] bytes = new byte[block.bytes()];
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
      if (buffer.hasRemaining()) {
        throw damaged(block, "the file ends within it", null);
      }
    } catch (IOException e) {
      throw new SampleException(
          "shard " + file + " cannot be read at byte " + offset + ": " + e.getMessage(), e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if ((int) crc.getValue() != block.crc32()) {
      throw damaged(block, "its checksum is another", null);
    }
    try {
      BinaryDecoder decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, 0, bytes.length - DataFileConstants.SYNC_SIZE, null);
      long count = decoder.readLong();
      long length = decoder.readLong();
      if (count != block.records() || length > bytes.length) {
        throw damaged(block, "its length disagrees with the header", null);
      }
      List<Sample> decodedSamples = new ArrayList<>(block.records());
      for (int i = 0; i < block.records(); i++) {
        decodedSamples.add(SampleCodec.fromAvro(records.read(null, decoder)));
      }
      return decodedSamples;
    } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
      throw damaged(block, e.getMessage(), e);
    }
  }

  private SampleException damaged(BlockTable.Block block, String how, Exception cause) {
    long offset = headerBytes + block.offset();
    return new SampleException(
        "shard %s is damaged in the block of bytes %d to %d (examples %d to %d): %s"
            .formatted(
                file,
                offset,
                offset + block.bytes() - 1,
                block.firstRecord(),
                block.firstRecord() + block.records() - 1,
                how),
        cause);
  }

  @Override
  public Iterator<Sample> iterator() {
    return from(0);
  }

  /** The examples from an index on, in order. */
  public Iterator<Sample> from(long index) {
    return new SampleIterator("the shard", index, size(), this::get);
  }

  @Override
  public void close() {
    samples = List.of();
    decoded = null;
    try {
      channel.close();
    } catch (IOException e) {
      throw new SampleException("closing shard " + file + " failed: " + e.getMessage(), e);
    }
  }
}
