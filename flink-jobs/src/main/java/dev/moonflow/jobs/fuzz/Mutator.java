package dev.moonflow.jobs.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes bytes as files are damaged and as people attack. */
final class Mutator {
  /** No input grows beyond this. */
  static final int BYTES_MAX = 1 << 20;

  private static final long[] INTERESTING = {
    0,
    1,
    2,
    3,
    4,
    7,
    8,
    16,
    31,
    32,
    63,
    64,
    100,
    127,
    128,
    255,
    256,
    512,
    1000,
    1024,
    4095,
    4096,
    32767,
    32768,
    65535,
    65536,
    1 << 20,
    1 << 24,
    (1 << 27) - 1,
    Integer.MAX_VALUE - 8,
    Integer.MAX_VALUE,
    1L << 31,
    0xFFFFFFFFL,
    1L << 32,
    1L << 53,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Integer.MIN_VALUE,
    Short.MIN_VALUE,
    -128,
    -1,
    -2,
    -16
  };

  private static final int[] WIDTHS = {1, 2, 2, 4, 4, 4, 8};
  private static final int REPEATS_MAX = 64;
  private static final int STRETCH_MAX = 256;

  private final SplittableRandom random;
  private final List<byte[]> words;
  private final byte[] other;

  /** A mutator that takes pieces from {@code words} and from another input. */
  Mutator(SplittableRandom random, List<byte[]> words, byte[] other) {
    this.random = random;
    this.words = words;
    this.other = other;
  }

  /** The bytes with one change; the array given is left as it is. */
  byte[] change(byte[] bytes) {
    if (bytes.length == 0) {
      return noise(1 + random.nextInt(16));
    }
    byte[] changed =
        switch (random.nextInt(14)) {
          case 0, 1 -> flipped(bytes);
          case 2 -> written(bytes, noise(1));
          case 3, 4, 5 -> withNumber(bytes);
          case 6 -> withLength(bytes);
          case 7 -> without(bytes);
          case 8 -> Arrays.copyOf(bytes, random.nextInt(bytes.length)); // cut
          case 9 -> inserted(bytes, noise(1 + random.nextInt(16)));
          case 10 -> repeated(bytes);
          case 11 -> spliced(bytes);
          case 12 -> filled(bytes);
          default -> withWord(bytes);
        };
    return changed.length > BYTES_MAX ? Arrays.copyOf(changed, BYTES_MAX) : changed;
  }

  private byte[] flipped(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[place(bytes)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  private byte[] withNumber(byte[] bytes) {
    long value = INTERESTING[random.nextInt(INTERESTING.length)];
    if (random.nextInt(4) == 0) {
      value = bytes.length + random.nextInt(-2, 3);
    }
    return written(bytes, number(value, WIDTHS[random.nextInt(WIDTHS.length)]));
  }

  /** A number that could count bytes of this input becomes another one. */
  private byte[] withLength(byte[] bytes) {
    ByteOrder order = random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    int width = random.nextBoolean() ? Integer.BYTES : Short.BYTES;
    ByteBuffer buffer = ByteBuffer.wrap(bytes.clone()).order(order);
    int from = random.nextInt(bytes.length);
    for (int i = 0; i + width <= bytes.length; i++) {
      int at = (from + i) % (bytes.length - width + 1);
      int value = width == Short.BYTES ? buffer.getShort(at) & 0xffff : buffer.getInt(at);
      if (value > 0 && value <= bytes.length) {
        int step = random.nextInt(3) == 0 ? random.nextInt(-2, 3) : value * random.nextInt(1, 9);
        int changed = random.nextInt(8) == 0 ? -value : value + step;
        if (width == Short.BYTES) {
          buffer.putShort(at, (short) changed);
        } else {
          buffer.putInt(at, changed);
        }
        return buffer.array();
      }
    }
    return flipped(bytes);
  }

  private byte[] number(long value, int width) {
    byte[] big = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    byte[] number = Arrays.copyOfRange(big, Long.BYTES - width, Long.BYTES);
    if (random.nextBoolean()) {
      for (int i = 0; i < width / 2; i++) {
        byte kept = number[i];
        number[i] = number[width - 1 - i];
        number[width - 1 - i] = kept;
      }
    }
    return number;
  }

  private byte[] without(byte[] bytes) {
    int from = place(bytes);
    int length = stretch(bytes.length - from);
    return joined(
        Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, from + length, bytes.length));
  }

  private byte[] repeated(byte[] bytes) {
    int from = place(bytes);
    byte[] piece = Arrays.copyOfRange(bytes, from, from + stretch(bytes.length - from));
    int times = 1 + random.nextInt(REPEATS_MAX);
    byte[] all = new byte[piece.length * times];
    for (int i = 0; i < times; i++) {
      System.arraycopy(piece, 0, all, i * piece.length, piece.length);
    }
    return inserted(bytes, all);
  }

  private byte[] spliced(byte[] bytes) {
    if (other.length == 0) {
      return flipped(bytes);
    }
    int from = random.nextInt(other.length);
    byte[] piece = Arrays.copyOfRange(other, from, from + stretch(other.length - from));
    return switch (random.nextInt(3)) {
      case 0 -> inserted(bytes, piece);
      case 1 -> written(bytes, piece);
      default ->
          joined(
              Arrays.copyOf(bytes, place(bytes)),
              Arrays.copyOfRange(other, from, other.length)); // two halves
    };
  }

  private byte[] filled(byte[] bytes) {
    byte[] changed = bytes.clone();
    int from = place(bytes);
    byte with = (byte) (random.nextBoolean() ? 0 : 0xff);
    Arrays.fill(changed, from, from + stretch(bytes.length - from), with);
    return changed;
  }

  private byte[] withWord(byte[] bytes) {
    if (words.isEmpty()) {
      return withNumber(bytes);
    }
    byte[] word = words.get(random.nextInt(words.size()));
    return random.nextBoolean() ? inserted(bytes, word) : written(bytes, word);
  }

  private byte[] written(byte[] bytes, byte[] piece) {
    byte[] changed = bytes.clone();
    int at = place(bytes);
    System.arraycopy(piece, 0, changed, at, Math.min(piece.length, bytes.length - at));
    return changed;
  }

  private byte[] inserted(byte[] bytes, byte[] piece) {
    int at = random.nextInt(bytes.length + 1);
    return joined(
        joined(Arrays.copyOf(bytes, at), piece), Arrays.copyOfRange(bytes, at, bytes.length));
  }

  /** Headers stand at the beginning, so that a third of all changes go there. */
  private int place(byte[] bytes) {
    return random.nextInt(random.nextInt(3) == 0 ? Math.min(64, bytes.length) : bytes.length);
  }

  private int stretch(int most) {
    return Math.min(most, 1 + random.nextInt(1 + random.nextInt(STRETCH_MAX)));
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
