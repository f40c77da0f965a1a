package dev.moonflow.training.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.schemas.TrainingSample;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Writes one shard. Until {@link #finish} there is only {@code NAME.part}; the shard appears under
 * its name whole or not at all. Equal examples give equal files. Not thread-safe.
 *
 * <p>{@code package-info} has the format.
 */
public final class ShardWriter implements AutoCloseable {
  private static final int BLOCK_BYTES = 1 << 18;

  private final Path target;
  private final Path part;
  private final byte[] sync;
  private final BlockTable table = new BlockTable();
  private final CRC32 crc = new CRC32();
  private final DataFileWriter<TrainingSample> writer;
  private final long headerBytes;
  private final SortedMap<String, Long> categories = new TreeMap<>();
  private long blockStart;
  private long blockBytes;
  private int blockRecords;

  /**
   * Begins a shard.
   *
   * @param target the finished file; its folder exists
   */
  public ShardWriter(Path target) throws IOException {
    this.target = target;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    // Random in Avro; here a function of the name, so that a shard made again is the same file.
    this.sync = Arrays.copyOf(Digests.sha256(target.getFileName().toString().getBytes(UTF_8)), 16);
    this.writer = avroWriter();
    OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    writer.create(SampleCodec.SCHEMA, new CheckedOutputStream(out, crc), sync);
    this.headerBytes = writer.sync();
    this.blockStart = headerBytes;
    crc.reset();
  }

  private static DataFileWriter<TrainingSample> avroWriter() {
    DataFileWriter<TrainingSample> avro =
        new DataFileWriter<>(new SpecificDatumWriter<>(SampleCodec.SCHEMA, SampleCodec.model()));
    // Never before the limit of this class, which ends its blocks itself.
    avro.setSyncInterval(BLOCK_BYTES);
    return avro;
  }

  /** Appends an example. */
  public void write(Sample sample) throws IOException {
    byte[] record = SampleCodec.encode(sample);
    writer.appendEncoded(ByteBuffer.wrap(record));
    categories.merge(SampleCodec.name(sample.category()), 1L, Long::sum);
    blockRecords++;
    blockBytes += record.length;
    if (blockBytes >= BLOCK_BYTES) {
      endBlock();
    }
  }

  private void endBlock() throws IOException {
    if (blockRecords == 0) {
      return;
    }
    long end = writer.sync();
    writer.flush();
    table.add(blockRecords, Math.toIntExact(end - blockStart), (int) crc.getValue());
    crc.reset();
    blockStart = end;
    blockRecords = 0;
    blockBytes = 0;
  }

  /** Examples written so far. */
  public long records() {
    return table.records() + blockRecords;
  }

  /** Bytes of finished blocks so far. */
  public long bytes() {
    return table.bytes() + blockBytes;
  }

  /** Ends the shard: puts the table of blocks into its header and gives it its name. */
  public ShardInfo finish() throws IOException {
    endBlock();
    writer.close();
    Path whole = target.resolveSibling(target.getFileName() + ".tmp");
    MessageDigest digest = Digests.sha256();
    try (OutputStream out =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(whole), 1 << 16), digest);
        InputStream blocks = Files.newInputStream(part)) {
      out.write(header());
      blocks.skipNBytes(headerBytes);
      blocks.transferTo(out);
    }
    try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.delete(part);
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return new ShardInfo(
        target.getFileName().toString(),
        table.records(),
        Files.size(target),
        HexFormat.of().formatHex(digest.digest()),
        categories);
  }

  private byte[] header() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<TrainingSample> header = avroWriter()) {
      header.setMeta(ShardReader.RECORDS_KEY, table.records());
      header.setMeta(ShardReader.BLOCKS_KEY, table.write());
      header.setMeta(
          ShardReader.CRC_KEY, ShardReader.headerCrc(SampleCodec.SCHEMA.toString(), table.write()));
      header.create(SampleCodec.SCHEMA, bytes, sync);
    }
    return bytes.toByteArray();
  }

  /** Throws an unfinished shard away. */
  @Override
  public void close() throws IOException {
    writer.close();
    Files.deleteIfExists(part);
    Files.deleteIfExists(target.resolveSibling(target.getFileName() + ".tmp"));
  }
}
