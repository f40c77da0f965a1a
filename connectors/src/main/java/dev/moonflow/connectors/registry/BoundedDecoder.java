package dev.moonflow.connectors.registry;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding, with lengths and counts held against the bytes that are left before
 * anything is allocated for them: Avro's own decoder believes them, so that a record of fifty bytes
 * could take all memory. Items may have no bytes at all, so that some more of them are let pass.
 */
final class BoundedDecoder extends Decoder {
  /** Items that may be counted beyond the bytes that are left. */
  static final int ITEMS_WITHOUT_BYTES_MAX = 1_024;

  private final BinaryDecoder in;

  /** A decoder of what {@code in} has left, which must read from an array. */
  BoundedDecoder(BinaryDecoder in) {
    this.in = in;
  }

  private int left() throws IOException {
    return in.inputStream().available();
  }

  private int length() throws IOException {
    long length = in.readLong();
    if (length < 0) {
      throw new AvroRuntimeException("a length is " + length);
    }
    if (length > left()) {
      throw new EOFException("a length of " + length + " where " + left() + " bytes are left");
    }
    return (int) length;
  }

  private long counted(long items) throws IOException {
    if (items < 0 || items > (long) left() + ITEMS_WITHOUT_BYTES_MAX) {
      throw new AvroRuntimeException(
          items + " items are counted where " + left() + " bytes are left");
    }
    return items;
  }

  private byte[] bytes() throws IOException {
    byte[] bytes = new byte[length()];
    in.readFixed(bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    return new Utf8(bytes());
  }

  @Override
  public String readString() throws IOException {
    return readString(null).toString();
  }

  @Override
  public void skipString() throws IOException {
    in.skipFixed(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    return ByteBuffer.wrap(bytes());
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipFixed(length());
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public long readArrayStart() throws IOException {
    return counted(in.readArrayStart());
  }

  @Override
  public long arrayNext() throws IOException {
    return counted(in.arrayNext());
  }

  @Override
  public long skipArray() throws IOException {
    return counted(in.skipArray());
  }

  @Override
  public long readMapStart() throws IOException {
    return counted(in.readMapStart());
  }

  @Override
  public long mapNext() throws IOException {
    return counted(in.mapNext());
  }

  @Override
  public long skipMap() throws IOException {
    return counted(in.skipMap());
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }
}
