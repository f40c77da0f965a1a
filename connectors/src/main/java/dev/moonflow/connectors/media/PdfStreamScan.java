package dev.moonflow.connectors.media;

import dev.moonflow.connectors.media.MediaRejectedException.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/**
 * The measurement of what the compressed streams of a PDF unpack to, before PDFBox unpacks them.
 *
 * <p>PDFBox unpacks a stream whole into memory, some while the file is opened, and a megabyte of
 * deflated spaces is a gigabyte. So each place where a stream begins is inflated here piece by
 * piece, keeping nothing, up to a limit. A stream that is deflated twice is followed inwards.
 */
final class PdfStreamScan {
  /** Unpacked bytes of one stream at most, as a multiple of the file's limit. */
  private static final long STREAM_FACTOR = 4;

  /** Unpacked bytes of all streams at most, as a multiple of the file's limit. */
  private static final long TOTAL_FACTOR = 64;

  private static final byte[] KEYWORD = {'s', 't', 'r', 'e', 'a', 'm'};
  private static final int DEPTH_MAX = 3;
  private static final int BUFFER_BYTES = 1 << 16;

  private final byte[] pdf;
  private final long streamMax;
  private long left;

  private PdfStreamScan(byte[] pdf, MediaLimits limits) {
    this.pdf = pdf;
    this.streamMax = limits.bytesMax() * STREAM_FACTOR;
    this.left = limits.bytesMax() * TOTAL_FACTOR;
  }

  static void check(byte[] pdf, MediaLimits limits) throws MediaRejectedException {
    new PdfStreamScan(pdf, limits).scan();
  }

  private void scan() throws MediaRejectedException {
    for (int at = 0; at < pdf.length - KEYWORD.length - 2; at++) {
      if (pdf[at] != 's' || !isKeyword(at)) {
        continue;
      }
      int data = at + KEYWORD.length;
      data += pdf[data] == '\r' ? 1 : 0;
      data += pdf[data] == '\n' ? 1 : 0;
      try {
        measure(new ByteArrayInputStream(pdf, data, pdf.length - data), 0);
      } catch (TooLong e) {
        throw new MediaRejectedException(
            Reason.TOO_MANY_BYTES,
            "the PDF's stream at byte "
                + data
                + " unpacks to more than the "
                + e.max
                + " bytes allowed for "
                + (e.max == streamMax ? "a stream" : "all streams"));
      } catch (IOException e) {
        // Not deflated, or cut: PDFBox meets the same bytes and says so where it matters.
      }
    }
  }

  private boolean isKeyword(int at) {
    for (int i = 0; i < KEYWORD.length; i++) {
      if (pdf[at + i] != KEYWORD[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads to the end what {@code packed} inflates to, and what that inflates to in turn. */
  private void measure(InputStream packed, int depth) throws IOException {
    InputStream peeked = new BufferedInputStream(packed, BUFFER_BYTES);
    if (depth == DEPTH_MAX || !looksDeflated(peeked)) {
      // The file's own bytes need no counting.
      if (depth > 0) {
        drain(peeked);
      }
      return;
    }
    try (InputStream inflated = new Counted(new InflaterInputStream(peeked))) {
      try {
        measure(inflated, depth + 1);
      } catch (TooLong e) {
        throw e;
      } catch (IOException e) {
        drain(inflated);
      }
    }
  }

  /** The two bytes of zlib's header: deflate, and a checksum that is a multiple of 31. */
  private static boolean looksDeflated(InputStream stream) throws IOException {
    stream.mark(2);
    int method = stream.read();
    int flags = stream.read();
    stream.reset();
    return flags >= 0 && (method & 0x0F) == 8 && (method << 8 | flags) % 31 == 0;
  }

  private static void drain(InputStream stream) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (stream.read(buffer) >= 0) {
      // Only the counting matters.
    }
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
    private final long max;

    TooLong(long max) {
      this.max = max;
    }
  }

  /** Counts what is read against the stream's limit and what is left for all. */
  private final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      if (read > 0) {
        count += read;
        left -= read;
      }
      if (count > streamMax) {
        throw new TooLong(streamMax);
      }
      if (left < 0) {
        throw new TooLong(streamMax / STREAM_FACTOR * TOTAL_FACTOR);
      }
      return read;
    }
  }
}
