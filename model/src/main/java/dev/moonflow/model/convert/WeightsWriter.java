package dev.moonflow.model.convert;

import dev.moonflow.kernels.dense.WeightFormat;
import dev.moonflow.kernels.dense.WeightPacker;
import dev.moonflow.model.checkpoint.CheckpointException;
import dev.moonflow.model.checkpoint.KimiVlConfig;
import dev.moonflow.model.checkpoint.PlannedTensor;
import dev.moonflow.model.checkpoint.TensorRows;
import dev.moonflow.model.checkpoint.WeightPlan;
import dev.moonflow.model.checkpoint.WeightsFile;
import dev.moonflow.model.checkpoint.WeightsHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/** Writes one weights file, tensor by tensor, two at a time. */
public final class WeightsWriter {
  /** Tensors that are packed at once. */
  private static final int THREADS = 2;

  private final Path target;
  private final Path part;
  private final Path log;
  private final List<PlannedTensor> plan;
  private final WeightsHeader header;
  private final TensorRows source;
  private final ConversionProgress progress;
  private final int[] checksums;
  private long doneBytes;

  /**
   * Prepares a file.
   *
   * @param folder where it is to be
   * @param fingerprint of what {@code source} reads; a conversion goes on only if it is the same
   */
  public WeightsWriter(
      Path folder,
      KimiVlConfig config,
      WeightFormat format,
      String fingerprint,
      TensorRows source,
      ConversionProgress progress) {
    this.target = folder.resolve(WeightsFile.NAME);
    this.part = folder.resolve(WeightsFile.NAME + ".part");
    this.log = folder.resolve(WeightsFile.NAME + ".progress");
    this.plan = WeightPlan.of(config, format);
    this.header = WeightsHeader.of(format, fingerprint, plan);
    this.source = source;
    this.progress = progress;
    this.checksums = new int[plan.size()];
  }

  /** Bytes of the finished file. */
  public long bytes() {
    return header.fileBytes();
  }

  /**
   * Writes the file, going on where an earlier run was cut off.
   *
   * @return tensors that were there already
   * @throws CheckpointException if there is not enough room, or a value is not finite
   */
  public int write() throws IOException {
    byte[] start = header.encode();
    CRC32C identity = new CRC32C();
    identity.update(start);
    String name = "%08x".formatted((int) identity.getValue());
    Map<Integer, Integer> done = new HashMap<>();
    boolean resumed = Files.exists(part);
    requireRoom(resumed ? Files.size(part) : 0);
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (resumed) {
        done = intact(channel, ProgressLog.read(log, name));
      }
      writeAt(channel, ByteBuffer.wrap(start), 0);
      try (ProgressLog noted = ProgressLog.start(log, name, done)) {
        writeMissing(channel, noted, done);
      }
      ByteBuffer trailer = trailer();
      writeAt(channel, trailer, header.dataEnd());
      channel.truncate(header.fileBytes());
      channel.force(true);
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(log);
    return done.size();
  }

  private void requireRoom(long there) throws IOException {
    long room = Files.getFileStore(target.getParent()).getUsableSpace();
    if (room < bytes() - there) {
      throw new CheckpointException(
          "%s needs %d bytes and its disk has %d left.".formatted(target, bytes() - there, room));
    }
  }

  /** Of the tensors that an earlier run noted, those whose bytes are what it wrote. */
  private Map<Integer, Integer> intact(FileChannel channel, Map<Integer, Integer> noted)
      throws IOException {
    Map<Integer, Integer> intact = new HashMap<>();
    for (Map.Entry<Integer, Integer> entry : noted.entrySet()) {
      WeightsHeader.Entry tensor = entry(entry.getKey());
      if (tensor != null && checksum(channel, tensor) == entry.getValue()) {
        intact.put(entry.getKey(), entry.getValue());
        checksums[entry.getKey()] = entry.getValue();
        doneBytes += tensor.bytes();
      }
    }
    return intact;
  }

  private WeightsHeader.Entry entry(int number) {
    return number < 0 || number >= plan.size()
        ? null
        : header.tensors().get(plan.get(number).name());
  }

  private static int checksum(FileChannel channel, WeightsHeader.Entry tensor) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    long at = tensor.offset();
    long end = at + tensor.bytes();
    while (at < end) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      int count = channel.read(buffer, at);
      if (count < 0) {
        return ~(int) checksum.getValue();
      }
      checksum.update(buffer.flip());
      at += count;
    }
    return (int) checksum.getValue();
  }

  private void writeMissing(FileChannel channel, ProgressLog noted, Map<Integer, Integer> done)
      throws IOException {
    AtomicInteger next = new AtomicInteger();
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int n = next.getAndIncrement();
                      n < plan.size();
                      n = next.getAndIncrement()) {
                    if (!done.containsKey(n)) {
                      writeTensor(channel, noted, n);
                    }
                  }
                } catch (IOException | RuntimeException | Error e) {
                  next.set(plan.size());
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              },
              "moonflow-convert-" + t);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      joinWhole(thread, next);
    }
    for (Throwable failure : failures) {
      if (failure instanceof IOException io) {
        throw io;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  /** Waits; an interrupt lets the threads end after their tensor. */
  private void joinWhole(Thread thread, AtomicInteger next) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
        next.set(plan.size());
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new CheckpointException(part + " is not finished: the conversion was stopped.");
    }
  }

  private void writeTensor(FileChannel channel, ProgressLog noted, int number) throws IOException {
    PlannedTensor tensor = plan.get(number);
    WeightsHeader.Entry entry = header.tensors().get(tensor.name());
    CRC32C checksum = new CRC32C();
    long[] at = {entry.offset()};
    WeightPacker.Sink sink =
        bytes -> {
          checksum.update(bytes.duplicate());
          int count = bytes.remaining();
          writeAt(channel, bytes, at[0]);
          at[0] += count;
        };
    try {
      if (tensor.format() == null) {
        PlainFloats.write(source, tensor, sink);
      } else {
        WeightPacker.pack(
            tensor.format(),
            new PlannedRows(source, tensor),
            tensor.shape().get(0),
            tensor.shape().get(1),
            sink);
      }
    } catch (IllegalArgumentException e) {
      throw new CheckpointException("tensor " + tensor.name() + ": " + e.getMessage() + ".", e);
    }
    checksums[number] = (int) checksum.getValue();
    synchronized (this) {
      noted.add(number, checksums[number]);
      doneBytes += tensor.bytes();
      progress.written(tensor.name(), doneBytes, header.dataEnd() - header.dataStart());
    }
  }

  private ByteBuffer trailer() {
    ByteBuffer trailer =
        ByteBuffer.allocate(4 * (checksums.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int checksum : checksums) {
      trailer.putInt(checksum);
    }
    CRC32C all = new CRC32C();
    all.update(trailer.array(), 0, 4 * checksums.length);
    return trailer.putInt((int) all.getValue()).flip();
  }

  private static void writeAt(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }
}
