package dev.moonflow.connectors.video;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The binary form of a split; the package's description specifies it. */
final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {
  static final VideoSplitSerializer INSTANCE = new VideoSplitSerializer();
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(VideoSplit split) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    out.writeUTF(split.stream());
    out.writeUTF(split.address());
    out.writeDouble(split.framesPerSecond());
    out.writeLong(split.beginMillis());
    out.writeLong(split.nextIndex());
    out.writeLong(split.newestMillis());
    return bytes.toByteArray();
  }

  @Override
  public VideoSplit deserialize(int version, byte[] serialized) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    int written = in.readByte();
    if (written != VERSION) {
      throw new IOException(
          "a video split in state has version " + written + "; this release reads " + VERSION);
    }
    return new VideoSplit(
        in.readUTF(), in.readUTF(), in.readDouble(), in.readLong(), in.readLong(), in.readLong());
  }
}
