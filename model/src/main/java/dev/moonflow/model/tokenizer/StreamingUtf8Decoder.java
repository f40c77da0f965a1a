package dev.moonflow.model.tokenizer;

/**
 * Decodes UTF-8 that arrives in pieces. What it returns over time is what decoding all bytes at
 * once gives, with U+FFFD for every maximal part of a malformed sequence (the Unicode standard's
 * and Python's rule; Java's own decoder counts an encoded surrogate as one error instead of three).
 * An incomplete sequence is held back until it is completed, contradicted or {@link #finish} is
 * called. Not thread-safe.
 */
public final class StreamingUtf8Decoder {

  private static final char REPLACEMENT = '\uFFFD';

  private int codePoint;
  private int missing; // continuation bytes that the open sequence still needs
  private int lower = 0x80; // bounds of the next continuation byte
  private int upper = 0xbf;

  /** The text that these bytes complete. */
  public String push(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      push(b & 0xff, text);
    }
    return text.toString();
  }

  /** Ends the input: U+FFFD if a sequence is open, else nothing. The decoder is then as new. */
  public String finish() {
    boolean open = missing > 0;
    reset();
    return open ? String.valueOf(REPLACEMENT) : "";
  }

  /** Whether bytes are held back. */
  public boolean holdsBack() {
    return missing > 0;
  }

  /** All bytes at once. */
  static String decode(byte[] bytes) {
    StreamingUtf8Decoder decoder = new StreamingUtf8Decoder();
    return decoder.push(bytes) + decoder.finish();
  }

  private void push(int b, StringBuilder text) {
    if (missing == 0) {
      begin(b, text);
    } else if (b < lower || b > upper) {
      reset();
      text.append(REPLACEMENT);
      begin(b, text);
    } else {
      codePoint = codePoint << 6 | (b & 0x3f);
      lower = 0x80;
      upper = 0xbf;
      if (--missing == 0) {
        text.appendCodePoint(codePoint);
      }
    }
  }

  private void begin(int b, StringBuilder text) {
    if (b < 0x80) {
      text.append((char) b);
    } else if (b >= 0xc2 && b <= 0xdf) {
      open(b & 0x1f, 1);
    } else if (b >= 0xe0 && b <= 0xef) {
      open(b & 0x0f, 2);
      lower = b == 0xe0 ? 0xa0 : 0x80; // shorter forms exist below
      upper = b == 0xed ? 0x9f : 0xbf; // surrogates above
    } else if (b >= 0xf0 && b <= 0xf4) {
      open(b & 0x07, 3);
      lower = b == 0xf0 ? 0x90 : 0x80;
      upper = b == 0xf4 ? 0x8f : 0xbf; // beyond U+10FFFF above
    } else {
      text.append(REPLACEMENT);
    }
  }

  private void open(int bits, int continuationBytes) {
    codePoint = bits;
    missing = continuationBytes;
  }

  private void reset() {
    missing = 0;
    lower = 0x80;
    upper = 0xbf;
  }
}
