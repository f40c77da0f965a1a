package dev.moonflow.connectors.video;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The binary form of the enumerator's state; the package's description specifies it. */
final class VideoSplitsSerializer implements SimpleVersionedSerializer<List<VideoSplit>> {
  static final VideoSplitsSerializer INSTANCE = new VideoSplitsSerializer();
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(List<VideoSplit> splits) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(splits.size());
    for (VideoSplit split : splits) {
      byte[] form = VideoSplitSerializer.INSTANCE.serialize(split);
      out.writeInt(form.length);
      out.write(form);
    }
    return bytes.toByteArray();
  }

  @Override
  public List<VideoSplit> deserialize(int version, byte[] serialized) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
    List<VideoSplit> splits = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      byte[] form = in.readNBytes(in.readInt());
      splits.add(VideoSplitSerializer.INSTANCE.deserialize(version, form));
    }
    return splits;
  }
}
