package dev.moonflow.connectors.pieces;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.moonflow.connectors.kafka.RawRecord;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Takes "name:parts" apart. Part k of a record, from 1, has k % 3 values, {@code name/k.0} and so
 * on; a record "break" breaks the splitter.
 */
final class CountingSplitter implements RecordSplitter<String> {
  /** Parts that were taken, of whichever record. */
  final AtomicInteger taken = new AtomicInteger();

  /** Records that are open. */
  final AtomicInteger open = new AtomicInteger();

  static List<String> values(String name, int part) {
    return IntStream.range(0, part % 3).mapToObj(i -> name + "/" + part + "." + i).toList();
  }

  @Override
  public Parts<String> open(RawRecord record, int before, int count) {
    String[] words = new String(record.value(), UTF_8).split(":");
    if (words[0].equals("break")) {
      throw new IllegalArgumentException("on purpose");
    }
    open.incrementAndGet();
    int all = Integer.parseInt(words[1]);
    if (count != 0 && count != all) {
      throw new IllegalStateException(count + " parts were told of " + all);
    }
    AtomicInteger part = new AtomicInteger(before);
    return new Parts<>() {
      @Override
      public int count() {
        return all;
      }

      @Override
      public List<String> next() {
        taken.incrementAndGet();
        return values(words[0], part.incrementAndGet());
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
